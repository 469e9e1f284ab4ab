package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares docs/conditions.md with the kinds of conditions. */
class ConditionsPageTest {

    private static final Path PAGE = Path.of("../docs/conditions.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| ([^|]+) \\| ([^|]+) \\|$");

    @Test
    void pageHasEachKindOnceWithMeaningAndRemedy() throws IOException {
        List<String> kinds = ROW.matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(kinds)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Kind.values()).map(Kind::name).toList());
    }
}
