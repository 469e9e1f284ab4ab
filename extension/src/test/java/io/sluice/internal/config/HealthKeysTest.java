package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The key of the optional jar sluice-health. */
class HealthKeysTest {

    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";

    private final Problems problems = new Problems();

    private boolean read(Map<String, String> properties) {
        return SluiceConfiguration.of(TestConfig.of(properties)).isUnreadyWhenExpired(problems);
    }

    @ParameterizedTest
    @CsvSource({"report, false", "down, true", "DOWN, true", "'', false"})
    void valueIsRead(String value, boolean isDown) {
        assertThat(read(Map.of("sluice.health.expired", value))).isEqualTo(isDown);
        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void withoutTheKeyExpiryIsOnlyReported() {
        assertThat(read(Map.of("sluice.healthy", "unrelated"))).isFalse();
        assertThat(problems.errors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sluice.health.expired  | dwon | 'dwon' is not valid (did you mean down?). Use one of report, down.
            sluice.health.expird   | down | there is no such property (did you mean sluice.health.expired?). Correct the name, or remove the property.
            sluice.health          | down | there is no such property. Correct the name, or remove the property.
            """)
    void whatCannotBeReadIsReported(String property, String value, String message) {
        assertThat(read(Map.of(property, value))).isFalse();
        assertThat(problems.errors()).extracting(Problem::message).containsExactly(property + FROM + message);
    }

    @Test
    void withoutTheJarTheKeyIsAProblem() {
        SluiceConfiguration.of(TestConfig.of("sluice.health.expired", "down")).reportUnknownKeys(problems);
        assertThat(problems.errors())
                .extracting(Problem::message)
                .containsExactly("sluice.health.expired" + FROM
                        + "it is a property of io.sluice:sluice-health, which is missing."
                        + " Add the dependency io.sluice:sluice-health, or remove the property.");
    }
}
