package io.sluice.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TlsTimeoutsTest {

    @Test
    void withChangesOneOfTheTwo() {
        TlsTimeouts changed = TlsTimeouts.DEFAULT.withHandshake(Duration.ZERO).withClose(Duration.ofSeconds(1));

        assertThat(changed.handshake()).isZero();
        assertThat(changed.close()).isEqualTo(Duration.ofSeconds(1));
        assertThat(changed).isNotEqualTo(TlsTimeouts.DEFAULT);
        assertThat(changed.withHandshake(Duration.ofSeconds(10)).withClose(Duration.ofSeconds(2)))
                .isEqualTo(TlsTimeouts.DEFAULT)
                .hasSameHashCodeAs(TlsTimeouts.DEFAULT);
    }

    @Test
    void handshakeMustNotBeNegative() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTimeouts.DEFAULT.withHandshake(Duration.ofSeconds(-1)))
                .withMessage("the handshake timeout must not be negative, but is PT-1S. Zero means no limit");
    }

    @Test
    void closeIsAlwaysBounded() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TlsTimeouts.DEFAULT.withClose(Duration.ZERO))
                .withMessage("the close timeout must be longer than zero, but is PT0S");
    }
}
