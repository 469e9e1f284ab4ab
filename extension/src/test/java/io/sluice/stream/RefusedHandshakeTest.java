package io.sluice.stream;

import static io.sluice.stream.RawHandshake.bytes;
import static io.sluice.stream.RawHandshake.join;
import static io.sluice.stream.RawHandshake.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.stream.RawHandshake.Record;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.SocketKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A peer whose handshake is rejected receives an alert and then a FIN. The peer is a raw socket. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class RefusedHandshakeTest {

    private static final int UNEXPECTED_MESSAGE = 10;
    private static final int RECORD_OVERFLOW = 22;
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int ILLEGAL_PARAMETER = 47;
    private static final int DECODE_ERROR = 50;
    private static final int PROTOCOL_VERSION = 70;

    private static final Set<Kind> REFUSALS =
            Set.of(Kind.TLS, Kind.NOT_TLS, Kind.PROTOCOL_VIOLATION, Kind.VERSION_OR_CIPHER_MISMATCH);

    private static final TestAuthority AUTHORITY = TestAuthority.create("Refused CA");
    private static final TestChain CHAIN = AUTHORITY.issue("localhost");

    private static final byte[] HELLO = RawHandshake.clientHello();
    private static final byte[] CHANGE_CIPHER_SPEC = bytes("14 03 03 00 01 01");
    private static final byte[] APPLICATION_DATA = bytes("17 03 03 00 05 68 65 6c 6c 6f");
    private static final byte[] FINISHED = message(20, new byte[12]);
    private static final byte[] HTTP = "GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SERVER_HELLO =
            message(2, join(bytes("03 03"), new byte[32], bytes("00 13 01 00 00 06 00 2b 00 02 03 04")));

    private enum Engines {
        JDK,
        OPENSSL;

        SSLEngine make(boolean client, String protocol) throws Exception {
            HandshakeSide side = HandshakeSide.showing(client ? null : CHAIN).speaking(protocol);
            return this == JDK ? side.jdkEngine(client, AUTHORITY) : side.opensslEngine(client, AUTHORITY);
        }
    }

    /**
     * What a peer sends.
     *
     * @param name what it is
     * @param bytes the bytes
     * @param alerts the alerts in the clear that suit it
     */
    private record Sent(String name, byte[] bytes, Set<Integer> alerts) {

        static Sent of(String name, byte[] bytes, Integer... alerts) {
            return new Sent(name, bytes, Set.of(alerts));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Arguments> onAllEngines(List<Sent> sent, String... protocols) {
        return Arrays.stream(protocols)
                .flatMap(protocol -> Arrays.stream(Engines.values())
                        .flatMap(engines -> sent.stream().map(row -> Arguments.of(row, engines, protocol))));
    }

    /** The faults of both sides. */
    private static List<Sent> firsts() {
        return List.of(
                Sent.of("an empty record", bytes("16 03 01 00 00"), UNEXPECTED_MESSAGE),
                Sent.of("an empty record, then no record", bytes("16 03 01 00 00 02 00 01 00 01"), UNEXPECTED_MESSAGE),
                Sent.of("40 empty records", bytes("16 03 01 00 00".repeat(40)), UNEXPECTED_MESSAGE),
                Sent.of("an empty alert", bytes("15 03 01 00 00"), UNEXPECTED_MESSAGE),
                Sent.of("half an alert", bytes("15 03 01 00 01 02"), DECODE_ERROR, ILLEGAL_PARAMETER),
                Sent.of("an alert and a half", bytes("15 03 01 00 03 02 28 02"), DECODE_ERROR, ILLEGAL_PARAMETER),
                Sent.of("a ChangeCipherSpec", CHANGE_CIPHER_SPEC, UNEXPECTED_MESSAGE),
                Sent.of("application data", APPLICATION_DATA, UNEXPECTED_MESSAGE),
                Sent.of("an unknown record", bytes("18 03 03 00 01 00"), UNEXPECTED_MESSAGE),
                Sent.of("plain HTTP", HTTP, UNEXPECTED_MESSAGE),
                Sent.of("a Finished", FINISHED, UNEXPECTED_MESSAGE),
                Sent.of("an unknown message", bytes("16 03 01 00 04 ff 00 00 00"), UNEXPECTED_MESSAGE),
                Sent.of("a record that is too long", bytes("16 03 01 60 00"), RECORD_OVERFLOW),
                Sent.of(
                        "a second record that is too long",
                        bytes("15 03 01 00 02 01 5a 16 03 01 60 00"),
                        RECORD_OVERFLOW),
                Sent.of(
                        "a user_canceled, then no record",
                        bytes("15 03 01 00 02 01 5a 47 45 54 20 2f"),
                        UNEXPECTED_MESSAGE));
    }

    static Stream<Arguments> toServer() {
        List<Sent> rows = new ArrayList<>(firsts());
        rows.add(Sent.of(
                "a ClientHello cut after its random",
                join(bytes("16 03 01 00 26 01 00 00 22 03 03"), new byte[32]),
                DECODE_ERROR));
        rows.add(Sent.of("a HelloRequest", message(0, new byte[0]), UNEXPECTED_MESSAGE, HANDSHAKE_FAILURE));
        rows.add(Sent.of("a ServerHello", SERVER_HELLO, UNEXPECTED_MESSAGE));
        rows.add(Sent.of(
                "a message of 16 MiB", bytes("16 03 01 00 04 01 ff ff ff"), UNEXPECTED_MESSAGE, ILLEGAL_PARAMETER));
        rows.add(Sent.of("a ClientHello of nonsense", message(1, bytes("de ad be ef")), DECODE_ERROR));
        rows.add(
                Sent.of("a ChangeCipherSpec, then a ClientHello", join(CHANGE_CIPHER_SPEC, HELLO), UNEXPECTED_MESSAGE));
        rows.add(Sent.of(
                "six warnings", bytes("15 03 01 00 02 01 70".repeat(6)), HANDSHAKE_FAILURE, UNEXPECTED_MESSAGE));
        rows.add(Sent.of("user_canceled without end", bytes("15 03 01 00 02 01 5a".repeat(400)), UNEXPECTED_MESSAGE));
        rows.add(
                Sent.of("a ClientHello in one-byte records", RawHandshake.inOneByteRecords(HELLO), UNEXPECTED_MESSAGE));
        for (int cut : RawHandshake.cuts(HELLO)) {
            rows.add(Sent.of(
                    "a ClientHello cut after byte " + cut,
                    message(1, Arrays.copyOf(RawHandshake.body(HELLO), cut)),
                    DECODE_ERROR,
                    // Without extensions it is complete, but not for TLS 1.3.
                    PROTOCOL_VERSION));
        }
        return onAllEngines(rows, "TLSv1.2", "TLSv1.3");
    }

    @ParameterizedTest
    @MethodSource("toServer")
    void serverAnswersWithAnAlert(Sent sent, Engines engines, String protocol) throws Exception {
        List<Record> received = refuse(engines.make(false, protocol), SslSide.SERVER, sent.bytes());
        assertThat(received).as("the alert alone").hasSize(1);
        assertThat(received.get(0).alert()).as(received.toString()).isIn(sent.alerts());
    }

    static Stream<Arguments> toServerBehindItsHello() {
        return onAllEngines(
                List.of(
                        Sent.of("plain HTTP", HTTP, UNEXPECTED_MESSAGE),
                        Sent.of("application data", APPLICATION_DATA, UNEXPECTED_MESSAGE),
                        Sent.of("an empty record", bytes("16 03 03 00 00"), UNEXPECTED_MESSAGE),
                        Sent.of("an unknown record", bytes("18 03 03 00 01 00"), UNEXPECTED_MESSAGE),
                        Sent.of("a record that is too long", bytes("16 03 03 60 00"), RECORD_OVERFLOW),
                        Sent.of("a Finished in the clear", FINISHED, UNEXPECTED_MESSAGE),
                        Sent.of("the ClientHello again", HELLO, UNEXPECTED_MESSAGE)),
                "TLSv1.2",
                "TLSv1.3");
    }

    @ParameterizedTest
    @MethodSource("toServerBehindItsHello")
    void serverAnswersGarbageBehindAClientHelloWithAnAlert(Sent sent, Engines engines, String protocol)
            throws Exception {
        List<Record> received = refuse(engines.make(false, protocol), SslSide.SERVER, join(HELLO, sent.bytes()));
        Record last = received.get(received.size() - 1);
        if (protocol.equals("TLSv1.3")) {
            // ServerHello and ChangeCipherSpec are in plaintext; everything else from the server is encrypted.
            assertThat(last.type()).as(received.toString()).isEqualTo(23);
            assertThat(last.fragment()).as("an encrypted alert").hasSizeBetween(19, 40);
        } else {
            assertThat(last.alert()).as(received.toString()).isIn(sent.alerts());
        }
    }

    static Stream<Arguments> toClient() {
        List<Sent> rows = new ArrayList<>(firsts());
        rows.add(Sent.of("a ClientHello", HELLO, UNEXPECTED_MESSAGE));
        rows.add(Sent.of(
                "a message of 16 MiB", bytes("16 03 03 00 04 02 ff ff ff"), UNEXPECTED_MESSAGE, ILLEGAL_PARAMETER));
        rows.add(Sent.of("HelloRequests without end", join(endless(message(0, new byte[0]))), UNEXPECTED_MESSAGE));
        byte[] body = RawHandshake.body(SERVER_HELLO);
        for (int cut : new int[] {0, 1, 2, 20, 34, 35, 36, 37, 39, 41, body.length - 1}) {
            rows.add(Sent.of(
                    "a ServerHello cut after byte " + cut,
                    message(2, Arrays.copyOf(body, cut)),
                    DECODE_ERROR,
                    // TLS 1.2 engines reject the suite of TLS 1.3 before they see the end, and those of TLS 1.3
                    // the missing extension.
                    ILLEGAL_PARAMETER,
                    PROTOCOL_VERSION));
        }
        return onAllEngines(rows, "TLSv1.2", "TLSv1.3");
    }

    private static byte[][] endless(byte[] record) {
        byte[][] all = new byte[400][];
        Arrays.fill(all, record);
        return all;
    }

    @ParameterizedTest
    @MethodSource("toClient")
    void clientAnswersWithAnAlert(Sent sent, Engines engines, String protocol) throws Exception {
        List<Record> received = refuse(engines.make(true, protocol), SslSide.CLIENT, sent.bytes());
        assertThat(received).as("a ClientHello and the alert").hasSize(2);
        assertThat(received.get(0).type()).isEqualTo(22);
        assertThat(received.get(1).alert()).as(received.toString()).isIn(sent.alerts());
    }

    /** Returns what the peer receives until the FIN. A reset fails. */
    private static List<Record> refuse(SSLEngine engine, SslSide side, byte[] sent) throws Exception {
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            FutureTask<SocketStreamException> refusal = new FutureTask<>(() -> catchThrowableOfType(
                    SocketStreamException.class,
                    () -> TestStreams.open(sockets.near(), SslContextSpecifier.of(engine), side)
                            .close()));
            Thread thread = new Thread(refusal, "refusing side");
            thread.setDaemon(true);
            thread.start();
            sockets.far().getOutputStream().write(sent);
            List<Record> received =
                    RawHandshake.records(sockets.far().getInputStream().readAllBytes());
            sockets.far().close();
            SocketStreamException refused = refusal.get(30, TimeUnit.SECONDS);
            assertThat(refused).isNotNull();
            assertThat(refused.kind()).as(() -> refused.toString()).isIn(REFUSALS);
            assertThat(sockets.near().isClosed()).isTrue();
            return received;
        }
    }
}
