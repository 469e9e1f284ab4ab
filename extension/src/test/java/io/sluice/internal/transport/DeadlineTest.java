package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeadlineTest {

    @ParameterizedTest
    @CsvSource({"PT1M, false", "PT2562047H, false", "P1000000D, false", "PT-1S, true", "P-1000000D, true"})
    void everyDurationHasADeadline(Duration wait, boolean passed) {
        assertThat(Deadline.after(wait).passed()).isEqualTo(passed);
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807", "-9223372036854775808"})
    void theLongestDurationsDoNotOverflow(long seconds) {
        Deadline deadline = Deadline.after(Duration.ofSeconds(seconds));

        assertThat(deadline.passed()).isEqualTo(seconds < 0);
        assertThat(deadline.nanosLeft() > 0).isEqualTo(seconds > 0);
    }

    @Test
    void zeroNeverPasses() {
        assertThat(Deadline.after(Duration.ZERO)).isSameAs(Deadline.NEVER);
        assertThat(Deadline.NEVER.passed()).isFalse();
    }
}
