package io.sluice.internal.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * The keys in one table of a page.
 *
 * @param name the table's name in the page, in a comment before the table
 * @param rows the rows
 */
record KeyTable(String name, List<KeyRow> rows) {

    /** Copies the list. */
    KeyTable {
        rows = List.copyOf(rows);
    }

    static KeyTable of(String name, Key... keys) {
        return new KeyTable(name, Stream.of(keys).map(KeyRow::of).toList());
    }

    Stream<Key> keys() {
        return rows.stream().flatMap(row -> row.keys().stream());
    }

    /** The lines of the page's table. */
    List<String> markdown() {
        return Stream.concat(
                        Stream.of("| key | type | meaning | default |", "|---|---|---|---|"),
                        rows.stream().map(KeyRow::markdown))
                .toList();
    }
}
