package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the tables of keys in the pages with the declarations of the keys. */
class DocumentedKeysTest {

    private static final Path DOCS = Path.of("..", "docs");
    private static final String RENEW =
            "mvn test -pl extension -am -Dtest=DocumentedKeysTest -Dkeys.write=true -Dsurefire.failIfNoSpecifiedTests=false";

    /** A table with its name. */
    private static final Pattern TABLE = Pattern.compile("(?m)^<!-- keys: (\\S+) -->\n((?:\\|.*\n)*)");

    /** A page with its tables, in their order. */
    record Page(Path file, List<KeyTable> tables) {
        @Override
        public String toString() {
            return file.getFileName().toString();
        }

        String text() throws IOException {
            return Files.readString(file);
        }
    }

    static Stream<Page> pages() {
        List<KeyTable> contexts = new ArrayList<>(ContextKeys.TABLES);
        contexts.add(ContextKeys.ALL);
        contexts.add(JournalKeys.TABLE);
        contexts.add(ManagementKeys.TABLE);
        return Stream.of(
                new Page(DOCS.resolve("configuration.md"), contexts),
                new Page(DOCS.resolve("clients.md"), List.of(ClientKeys.TABLE)),
                new Page(DOCS.resolve("operations.md"), List.of(HealthKeys.TABLE)),
                new Page(DOCS.resolve("servers.md"), List.of(EndpointKeys.TABLE)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePageHasTheDeclaredTables(Page page) throws Exception {
        if (Boolean.getBoolean("keys.write")) {
            write(page);
        }
        List<MatchResult> written = TABLE.matcher(page.text()).results().toList();

        assertThat(written.stream().map(table -> table.group(1)))
                .containsExactlyElementsOf(
                        page.tables().stream().map(KeyTable::name).toList());
        for (int i = 0; i < written.size(); i++) {
            List<String> lines = written.get(i).group(2).lines().toList();
            List<String> declared = page.tables().get(i).markdown();
            assertThat(byKey(lines))
                    .as(
                            "the table %s of %s is not as declared; to renew it: %s",
                            written.get(i).group(1), page, RENEW)
                    .isEqualTo(byKey(declared));
            assertThat(lines).isEqualTo(declared);
        }
    }

    private static void write(Page page) throws IOException {
        String text = page.text();
        for (KeyTable table : page.tables()) {
            String start = "<!-- keys: " + table.name() + " -->\n";
            text = Pattern.compile("(?m)^" + Pattern.quote(start) + "(?:\\|.*\n)*")
                    .matcher(text)
                    .replaceFirst(
                            found -> Matcher.quoteReplacement(start + String.join("\n", table.markdown()) + "\n"));
        }
        Files.writeString(page.file(), text);
    }

    /** The type, the meaning and the default by the key. */
    private static Map<String, String> byKey(List<String> table) {
        Map<String, String> byKey = new TreeMap<>();
        table.stream().skip(2).forEach(line -> {
            String[] cells = line.split(" \\| ", 2);
            for (String key : cells[0].substring(2).split(", ")) {
                byKey.put(key, cells[1]);
            }
        });
        return byKey;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void eachRowIsFourCellsOfOneLine(Page page) {
        page.tables().stream()
                .flatMap(table -> table.markdown().stream())
                .forEach(line -> assertThat(line.substring(1, line.length() - 1))
                        .doesNotContain("\n")
                        .matches("[^|]+\\|[^|]+\\|[^|]+\\|[^|]+"));
    }

    @Test
    void noOtherPageHasSuchATable() throws Exception {
        List<Path> known = pages().map(Page::file).toList();
        try (Stream<Path> files = Files.list(DOCS)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".md")).toList()) {
                assertThat(TABLE.matcher(Files.readString(file)).find())
                        .as(file.toString())
                        .isEqualTo(known.contains(file));
            }
        }
    }
}
