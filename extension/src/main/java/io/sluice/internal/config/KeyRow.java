package io.sluice.internal.config;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys in one row of a page's table. They have everything in common except their names.
 *
 * @param names the keys' names, as Markdown
 * @param keys the keys
 * @param described what the row shows besides the names: one of the keys, or a declaration of their group, which has no type
 */
record KeyRow(String names, List<Key> keys, Key described) {

    /** Copies the list. */
    KeyRow {
        keys = List.copyOf(keys);
    }

    static KeyRow of(Key key) {
        return of(List.of(key));
    }

    /** The keys that one declaration makes of several names. */
    static KeyRow of(Function<String, Key> declaration, String... names) {
        return of(Arrays.stream(names).map(declaration).toList());
    }

    private static KeyRow of(List<Key> keys) {
        return new KeyRow(
                keys.stream().map(key -> code(key.name())).collect(Collectors.joining(", ")), keys, keys.get(0));
    }

    /** The row of the page. */
    String markdown() {
        return Stream.of(names, type(), described.meaning(), unset()).collect(Collectors.joining(" | ", "| ", " |"));
    }

    private String type() {
        if (!keys.contains(described)) {
            return "–";
        }
        return described.type() == ValueType.CHOICE
                ? described.allowed().words().stream().map(KeyRow::code).collect(Collectors.joining(", "))
                : described.type().label();
    }

    private String unset() {
        return described
                .unset()
                .words()
                .or(() -> described.unset().value().map(KeyRow::code))
                .orElse("–");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
