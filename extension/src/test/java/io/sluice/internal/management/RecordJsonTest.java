package io.sluice.internal.management;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {

    record Text(String text) {}

    record Everything(
            String getName,
            boolean isOpen,
            long island,
            @Nullable String absent,
            Instant time,
            List<Text> texts,
            Map<Long, Integer> numbers,
            List<String> none) {}

    @Test
    void membersFollowTheComponents() {
        Everything everything = new Everything(
                "a",
                true,
                3,
                null,
                Instant.EPOCH,
                List.of(new Text("x"), new Text("y")),
                new TreeMap<>(Map.of(2L, 20, 1L, 10)),
                List.of());
        assertThat(RecordJson.of(everything))
                .isEqualTo("{\"name\":\"a\",\"open\":true,\"island\":3,\"time\":\"1970-01-01T00:00:00Z\","
                        + "\"texts\":[{\"text\":\"x\"},{\"text\":\"y\"}],\"numbers\":{\"1\":10,\"2\":20},\"none\":[]}");
    }

    /** A peer chooses the subject of its certificate. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "|a\"b|, a\\\"b",
                "a\\b, a\\\\b",
                "</script>, \\u003c/script>",
                "|a\nb|, a\\u000ab",
                "|\u0000|, \\u0000",
                "|\u2028é\uD83D\uDE00|, \\u2028\\u00e9\\ud83d\\ude00"
            })
    void textIsEscaped(String text, String escaped) {
        assertThat(RecordJson.of(new Text(text))).isEqualTo("{\"text\":\"" + escaped + "\"}");
    }
}
