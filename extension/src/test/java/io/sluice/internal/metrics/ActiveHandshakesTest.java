package io.sluice.internal.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ActiveHandshakesTest {

    private static final Labels WEB = Labels.of("web", null, "server");
    private static final Labels MAIL = Labels.of("mail", null, "client");

    private final ActiveHandshakes handshakes = new ActiveHandshakes();

    @Test
    void endsAreCountedOnceAndZeroStays() {
        handshakes.begin(1, WEB, 0);
        handshakes.begin(2, MAIL, 0);
        handshakes.end(1);
        handshakes.end(1);
        handshakes.end(3);
        assertThat(handshakes.counts(0)).isEqualTo(Map.of(WEB, 0, MAIL, 1));
    }

    @Test
    void secondHandshakeOfAConnectionReplacesTheFirst() {
        handshakes.begin(1, WEB, 0);
        handshakes.begin(1, MAIL, 0);
        assertThat(handshakes.counts(0)).isEqualTo(Map.of(WEB, 0, MAIL, 1));
    }

    @Test
    void handshakeWhoseEndIsNotHeardIsForgotten() {
        long limit = ActiveHandshakes.LIMIT.toNanos();
        handshakes.begin(1, WEB, 0);
        handshakes.begin(2, WEB, 1);
        assertThat(handshakes.counts(limit - 1)).containsEntry(WEB, 2);
        assertThat(handshakes.counts(limit)).containsEntry(WEB, 1);
        handshakes.end(1);
        assertThat(handshakes.counts(limit)).containsEntry(WEB, 1);
    }

    @Test
    void thereIsAMost() {
        for (int i = 0; i < ActiveHandshakes.CAPACITY + 5; i++) {
            handshakes.begin(i, WEB, 0);
        }
        assertThat(handshakes.counts(0)).containsEntry(WEB, ActiveHandshakes.CAPACITY);
        handshakes.end(4);
        assertThat(handshakes.counts(0)).containsEntry(WEB, ActiveHandshakes.CAPACITY);
    }
}
