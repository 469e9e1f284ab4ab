package io.sluice.internal.cdi.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.event.ConnectionEvent;
import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeFailed;
import io.sluice.event.HandshakeStarted;
import io.sluice.internal.cdi.event.Occurrence.Moment;
import io.sluice.internal.cdi.event.Occurrence.Offer;
import io.sluice.internal.trace.CallTrace;
import io.sluice.internal.trace.ConnectionTracer;
import io.sluice.internal.trace.HandshakeTrace;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.internal.LogCapture;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a tracer throws stays with the tracer. */
class GuardedTracerTest {

    private static final Moment MOMENT =
            new Moment(1, Optional.of("web"), InetSocketAddress.createUnresolved("peer", 1), Instant.EPOCH);
    private static final Offer OFFER = new Offer(Optional.of("web"), false);
    private static final Occurrence.Failed FAILED =
            new Occurrence.Failed(MOMENT, OFFER, Duration.ZERO, new SocketStreamException(Kind.NOT_TLS, "not TLS"));

    private final List<String> heard = new ArrayList<>();

    /** Fails at the beginning of everything, or at its end. */
    private final class Tracer implements ConnectionTracer {

        private final boolean failsAtBegin;

        Tracer(boolean failsAtBegin) {
            this.failsAtBegin = failsAtBegin;
        }

        private void hear(String what, boolean fails) {
            heard.add(what);
            if (fails) {
                throw new IllegalStateException("on purpose");
            }
        }

        @Override
        public HandshakeTrace handshake(HandshakeStarted event) {
            hear("handshake", failsAtBegin);
            return new HandshakeTrace() {
                @Override
                public void completed(HandshakeCompleted completed) {
                    hear("completed", true);
                }

                @Override
                public void failed(HandshakeFailed failed) {
                    hear("failed", true);
                }
            };
        }

        @Override
        public CallTrace call(
                ConnectionEvent connection, @Nullable SocketStream stream, @Nullable HandshakeTrace handshake) {
            hear(handshake == null ? "call" : "call after handshake", failsAtBegin);
            return failure -> hear("ended", true);
        }
    }

    private void trace(boolean failsAtBegin) {
        GuardedTracer tracer = new GuardedTracer(new Tracer(failsAtBegin));
        HandshakeTrace handshake = tracer.handshake(new Occurrence.Started(MOMENT, OFFER));
        handshake.failed(FAILED);
        tracer.call(FAILED, null, handshake).ended(null);
    }

    @Test
    void failuresOfTracesAreLoggedOnce() {
        try (LogCapture log = LogCapture.of(GuardedTracer.class.getName(), record -> true)) {
            trace(false);
            assertThat(log.records()).hasSize(1);
        }
        assertThat(heard).containsExactly("handshake", "failed", "call after handshake", "ended");
    }

    @Test
    void whatDidNotBeginHasNoEnd() {
        try (LogCapture log = LogCapture.of(GuardedTracer.class.getName(), record -> true)) {
            trace(true);
            assertThat(log.records()).hasSize(1);
        }
        assertThat(heard).containsExactly("handshake", "call");
    }
}
