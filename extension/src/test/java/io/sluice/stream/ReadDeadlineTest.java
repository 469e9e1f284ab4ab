package io.sluice.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.sluice.stream.DrivenPeer.Link;
import io.sluice.stream.SocketStreamException.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** One deadline for all reads together, whatever the peer sends meanwhile. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@Execution(ExecutionMode.CONCURRENT)
class ReadDeadlineTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration DEADLINE = Duration.ofMillis(700);

    private DrivenPeer peer;
    private Thread dripping;

    @AfterEach
    void close() throws Exception {
        if (dripping != null) {
            dripping.interrupt();
            dripping.join();
        }
        peer.close();
    }

    private interface Call {
        Object call() throws Exception;
    }

    private static void assertFails(Kind kind, Call call) {
        assertThat(catchThrowable(call::call))
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    /** Sends the wire bytes, one every 50 ms. Returns the number of sent bytes. */
    private AtomicInteger drip(byte[] bytes) {
        AtomicInteger sent = new AtomicInteger();
        dripping = new Thread(() -> {
            try {
                for (byte wireByte : bytes) {
                    peer.drip(wireByte);
                    sent.incrementAndGet();
                    Thread.sleep(50); // The peer is slow.
                }
            } catch (IOException | InterruptedException e) {
                // The test is over.
            }
        });
        dripping.start();
        return sent;
    }

    /** Over TLS, a single record arrives byte by byte, so that no data arrives before the deadline. */
    @ParameterizedTest
    @EnumSource
    void peerThatDripsBytesMeetsTheDeadline(Link link) throws Exception {
        peer = link.connect(Initarg.readTimeout(LONG));
        String request = "a request that comes byte by byte, and is as long as this";
        byte[] wire = peer.onTheWire(request + "\n");
        AtomicInteger sent = drip(wire);
        peer.ours.transport().readDeadline(DEADLINE);

        assertThatThrownBy(() -> peer.ours.reader().readLine(1000))
                .hasMessageContaining("read: no data arrived before the read deadline, which was set to 700 ms")
                .isInstanceOfSatisfying(
                        SocketStreamException.class, e -> assertThat(e.kind()).isEqualTo(Kind.READ_DEADLINE));
        assertThat(sent).hasValueLessThan(wire.length);
        assertThat(peer.ours.isOpen()).isTrue();
        assertThat(peer.ours.transport().readDeadline().remaining()).hasValue(Duration.ZERO);

        peer.ours.transport().readDeadline(LONG);
        assertThat(peer.ours.reader().readLine(1000)).isEqualTo(request);
    }

    @ParameterizedTest
    @EnumSource
    void bytesThatHaveComeDoNotOutliveTheDeadline(Link link) throws Exception {
        peer = link.connect(Initarg.readTimeout(LONG));
        peer.send("early");
        await().until(() -> peer.ours.available() == 5);
        peer.ours.transport().readDeadline(Duration.ofNanos(1));
        assertFails(Kind.READ_DEADLINE, () -> peer.ours.input().read());
        assertFails(Kind.READ_DEADLINE, () -> peer.ours.reader().read());

        peer.ours.transport().readDeadline(Duration.ZERO);
        assertThat(peer.ours.transport().readDeadline().remaining()).isEmpty();
        assertThat(new String(peer.ours.input().readNBytes(5), UTF_8)).isEqualTo("early");
    }

    @ParameterizedTest
    @EnumSource
    void whatAReadHadAtTheDeadlineCanBeRead(Link link) throws Exception {
        peer = link.connect();
        peer.send("half");
        await().until(() -> peer.ours.available() == 4);
        peer.ours.transport().readDeadline(DEADLINE);
        assertFails(Kind.READ_DEADLINE, () -> peer.ours.reader().readLine());
        assertThat(peer.ours.reader().read()).isEqualTo('h');
        assertThat(peer.ours.input().readNBytes(3)).isEqualTo("alf".getBytes(UTF_8));
        assertFails(Kind.READ_DEADLINE, () -> peer.ours.input().readNBytes(1));
    }

    @ParameterizedTest
    @EnumSource
    void earlierOfTimeoutAndDeadlineCounts(Link link) throws Exception {
        peer = link.connect(Initarg.readTimeout(Duration.ofMillis(200)));
        peer.ours.transport().readDeadline(LONG);
        assertThat(peer.ours.transport().readDeadline().remaining().orElseThrow())
                .isBetween(Duration.ofSeconds(1), LONG);
        assertFails(Kind.READ_TIMEOUT, () -> peer.ours.input().read());
        peer.ours.transport().readTimeout(LONG);
        peer.ours.transport().readDeadline(Duration.ofMillis(200));
        assertFails(Kind.READ_DEADLINE, () -> peer.ours.input().read());
        peer.ours.transport().readTimeout(Duration.ZERO);
        assertFails(Kind.READ_DEADLINE, () -> peer.ours.input().read());
        peer.ours.transport().readDeadline(Duration.ZERO);
        peer.ours.transport().readTimeout(Duration.ofMillis(200));
        assertFails(Kind.READ_TIMEOUT, () -> peer.ours.input().read());
    }

    @ParameterizedTest
    @EnumSource
    void limitsOfAnySizeAreTaken(Link link) throws Exception {
        peer = link.connect();
        peer.ours.transport().readDeadline(Duration.ofSeconds(Long.MAX_VALUE));
        peer.send("x");
        assertThat(peer.ours.input().read()).isEqualTo('x');
        assertThatThrownBy(() -> peer.ours.transport().readDeadline(Duration.ofNanos(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("readDeadline must not be negative");
    }

    /** The handshake that the first read of a lazy stream performs. */
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PLAIN")
    void handshakeOfAReadCountsToo(Link link) throws Exception {
        peer = link.connectWithoutHandshake();
        peer.ours.transport().readDeadline(Duration.ofMillis(300));
        assertFails(Kind.READ_DEADLINE, () -> peer.ours.input().read());
        assertThat(peer.ours.isOpen()).isTrue();

        peer.ours.transport().readDeadline(LONG);
        Thread client = new Thread(() -> {
            try {
                ((SSLSocket) peer.speaking()).startHandshake();
                peer.send("x");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        client.start();
        assertThat(peer.ours.input().read()).isEqualTo('x');
        client.join();
    }
}
