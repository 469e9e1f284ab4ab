package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.internal.SocketKind;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application that kept the socket may set its SO_TIMEOUT, but only the stream's read timeout counts. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ForeignTimeoutTest {

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void foreignTimeoutIsNotAReadTimeout(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair();
                SocketStream stream = TestStreams.open(sockets.near(), SslContextSpecifier.plain(), SslSide.SERVER)) {
            sockets.far().getOutputStream().write(1);
            assertThat(stream.input().read()).isEqualTo(1);
            sockets.near().setSoTimeout(50);
            FutureTask<Integer> reading = new FutureTask<>(() -> stream.input().read());
            Thread reader = new Thread(reading, "reader");
            reader.setDaemon(true);
            reader.start();
            // Longer than the foreign timeout, so a reader that obeys it has failed by then.
            reader.join(500);
            sockets.far().getOutputStream().write(2);
            assertThat(reading.get(30, TimeUnit.SECONDS)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(SocketKind.class)
    void ownReadTimeoutStillPasses(SocketKind kind) throws Exception {
        try (SocketPair sockets = kind.pair();
                SocketStream stream = TestStreams.open(
                        sockets.near(),
                        SslContextSpecifier.plain(),
                        SslSide.SERVER,
                        Initarg.readTimeout(Duration.ofMillis(300)))) {
            sockets.near().setSoTimeout(20);
            long start = System.nanoTime();
            SocketStreamException failure = catchThrowableOfType(
                    SocketStreamException.class, () -> stream.input().read());
            assertThat(failure.kind()).isEqualTo(Kind.READ_TIMEOUT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(290));
        }
    }
}
