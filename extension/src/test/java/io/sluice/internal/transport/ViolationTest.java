package io.sluice.internal.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.transport.StreamCase.End;
import io.sluice.internal.transport.StreamCase.Open;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TestStreams;
import io.sluice.testing.SocketPair;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer that violates the protocol receives a fatal alert or a truncated stream, and never close_notify. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ViolationTest {
    private static final String ALL = "io.sluice.internal.transport.StreamCase#all";
    private static final String SERVERS = "io.sluice.internal.transport.StreamCase#servers";
    private static final String TLS12 = "io.sluice.internal.transport.StreamCase#tls12";
    private static final String TLS13 = "io.sluice.internal.transport.StreamCase#tls13";

    private static final byte[] PART = "part".getBytes(US_ASCII);
    private static final byte[] OVERLONG = HexFormat.of().parseHex("1703036000");
    private static final Initarg CLOSE = Initarg.closeTimeout(Duration.ofSeconds(2));

    private static final String UNEXPECTED_MESSAGE = "alert 10";
    private static final String BAD_RECORD_MAC = "alert 20";
    private static final String RECORD_OVERFLOW = "alert 22";
    private static final String NO_RENEGOTIATION = "alert 100";

    @BeforeAll
    static void warmUp() throws Exception {
        TlsCase.warmUp();
    }

    /** This side reads until the violation. Returns the end that the peer sees. */
    private static End violate(Open open, Background.Work violation) throws Exception {
        Background<SocketStreamException> reading = Background.run(() -> failureOfReading(open.ours()));
        open.peer().sendData(PART);
        violation.run();
        End end = StreamCase.endOf(open.peer());
        open.sockets().far().close();
        SocketStreamException failure = reading.get();
        assertThat(failure.kind()).isIn(Kind.PROTOCOL_VIOLATION, Kind.TLS);
        assertThat(open.ours().isOpen()).isFalse();
        return end;
    }

    private static SocketStreamException failureOfReading(SocketStream stream) {
        return catchThrowableOfType(SocketStreamException.class, () -> {
            assertThat(stream.input().readNBytes(PART.length)).isEqualTo(PART);
            stream.input().read();
        });
    }

    /** The JDK's engine answers a record that is too long with unexpected_message. */
    @ParameterizedTest
    @MethodSource(ALL)
    void injectedHeaderOfARecordThatIsTooLong(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair();
                Open open = row.open(sockets, CLOSE)) {
            End end = violate(open, () -> open.peer().send(OVERLONG));
            assertThat(end.how()).isEqualTo(row.jdk() ? UNEXPECTED_MESSAGE : RECORD_OVERFLOW);
        }
    }

    @ParameterizedTest
    @MethodSource(TLS12)
    void renegotiation(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair();
                Open open = row.open(sockets, CLOSE)) {
            End end = violate(open, () -> open.peer().send(open.peer().newHandshake()));
            String refusal = row.server() ? NO_RENEGOTIATION : StreamCase.FIN;
            assertThat(end.how()).isEqualTo(row.jdk() ? UNEXPECTED_MESSAGE : refusal);
        }
    }

    /** A plaintext handshake message that a man in the middle repeats. */
    @ParameterizedTest
    @MethodSource(TLS12)
    void repeatedClientKeyExchange(StreamCase row) throws Exception {
        byte[] clientKeyExchange = HexFormat.of().parseHex("1603030046" + "10000042" + "41" + "04".repeat(65));
        try (SocketPair sockets = row.tls().socket().pair();
                Open open = row.open(sockets, CLOSE)) {
            End end = violate(open, () -> open.peer().send(clientKeyExchange));
            String refusal = row.server() ? BAD_RECORD_MAC : StreamCase.FIN;
            assertThat(end.how()).isEqualTo(row.jdk() ? UNEXPECTED_MESSAGE : refusal);
        }
    }

    @ParameterizedTest
    @MethodSource(TLS13)
    void floodOfKeyUpdates(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair();
                Open open = row.open(sockets, CLOSE)) {
            End end = violate(open, () -> {
                for (int i = 0; i < 40; i++) {
                    open.peer().send(open.peer().newHandshake());
                }
            });
            assertThat(end.how()).isEqualTo(UNEXPECTED_MESSAGE);
        }
    }

    /** After the hello alone, no side has keys. In TLS 1.3 this side has them. */
    @ParameterizedTest
    @MethodSource(SERVERS)
    void secondRecordOfTheHandshakeThatIsTooLong(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair();
                EnginePeer peer = row.peer(sockets)) {
            Background<SocketStreamException> opening = Background.run(() -> failureOfOpening(row, sockets));
            List<String> expected;
            if (row.tls().is13()) {
                peer.lastFlight();
                expected = List.of(row.jdk() ? UNEXPECTED_MESSAGE : RECORD_OVERFLOW);
            } else {
                peer.engine().beginHandshake();
                peer.send(peer.flight());
                expected = List.of(RECORD_OVERFLOW);
            }
            peer.send(OVERLONG);
            assertThat(StreamCase.endOf(peer).how()).isIn(expected);
            sockets.far().close();
            assertThat(opening.get().kind()).isEqualTo(Kind.PROTOCOL_VIOLATION);
        }
    }

    private static SocketStreamException failureOfOpening(StreamCase row, SocketPair sockets) {
        SslContextSpecifier context = row.context();
        return catchThrowableOfType(
                SocketStreamException.class, () -> TestStreams.open(sockets.near(), context, row.side(), CLOSE));
    }

    /** If a writer blocks the connection until the close timeout, neither an alert nor close_notify can be sent. */
    @ParameterizedTest
    @MethodSource(ALL)
    void violationWhileAWriterIsStuckIsATruncation(StreamCase row) throws Exception {
        try (SocketPair sockets = row.tls().socket().pair(8192);
                Open open = row.open(sockets, Initarg.closeTimeout(Duration.ofMillis(300)))) {
            Background<IOException> writing = Background.run(() -> catchThrowableOfType(
                    IOException.class, () -> open.ours().output().write(new byte[10_000_000])));
            Stuck.awaitWriterTo(sockets.far());
            Background<SocketStreamException> reading = Background.run(() -> failureOfReading(open.ours()));
            open.peer().sendData(PART);
            open.peer().send(OVERLONG);
            assertThat(reading.get().kind()).isEqualTo(Kind.PROTOCOL_VIOLATION);
            assertThat(writing.get()).isNotNull();
            assertThat(StreamCase.endOf(open.peer()).how()).isIn(StreamCase.FIN, StreamCase.RESET);
        }
    }
}
