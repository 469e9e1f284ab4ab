package io.sluice.internal.cli;

import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of conditions as docs/conditions.md explains them. The page is in the jar, so there is one text. */
final class ConditionPage {

    private static final String PAGE = "conditions.md";
    private static final Pattern HEADING = Pattern.compile("^## (.+)$");
    private static final Pattern ROW = Pattern.compile("^\\| `([A-Z_]+)` \\| ([^|]+) \\| ([^|]+) \\|$");

    private ConditionPage() {}

    /** {@return the conditions, in the order of the page} */
    static List<Condition> conditions() {
        List<Condition> conditions = new ArrayList<>();
        String group = "";
        for (String line : text().split("\\R")) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                group = heading.group(1);
            } else if (row.matches()) {
                conditions.add(new Condition(row.group(1), group, plain(row.group(2)), plain(row.group(3))));
            }
        }
        return List.copyOf(conditions);
    }

    /** The condition of a kind; empty if the page does not have it. */
    static Optional<Condition> find(Kind kind) {
        return conditions().stream()
                .filter(condition -> condition.kind().equals(kind.name()))
                .findFirst();
    }

    /** The only mark in the table is that of code. */
    private static String plain(String cell) {
        return cell.replace("`", "").strip();
    }

    private static String text() {
        try (InputStream in = Objects.requireNonNull(ConditionPage.class.getResourceAsStream(PAGE), PAGE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
