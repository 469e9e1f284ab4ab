package io.sluice.internal.tls.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server's first flight tells about resumption, in whole records and in fragments of any size. */
class ServerFlightTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final String ECHOED_ID = "20" + "ab".repeat(32);
    private static final String SOME_RANDOM = "11".repeat(32);
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";
    private static final String TLS_1_3 = "002b00020304";
    private static final String PRE_SHARED_KEY = "002900020000";

    private static final byte[] HELLO_REQUEST = message(0, "");
    private static final byte[] TICKET = message(4, "000000000004aabbccdd");
    private static final byte[] CERTIFICATE = message(11, "000000");
    private static final byte[] KEY_EXCHANGE = message(12, "0000");
    private static final byte[] DONE = message(14, "");
    private static final byte[] CHANGE_CIPHER_SPEC = {1};

    private static byte[] message(int type, String hex) {
        byte[] body = HEX.parseHex(hex);
        return ByteBuffer.allocate(4 + body.length)
                .putInt(type << 24 | body.length)
                .put(body)
                .array();
    }

    private static byte[] serverHello(String random, String... extensions) {
        String all = String.join("", extensions);
        String listed = all.isEmpty() ? "" : HEX.toHexDigits((short) (all.length() / 2)) + all;
        return message(2, "0303" + random + ECHOED_ID + "1301" + "00" + listed);
    }

    static Stream<Arguments> flights() {
        byte[] old = serverHello(SOME_RANDOM);
        byte[] tls13 = serverHello(SOME_RANDOM, TLS_1_3);
        byte[] retry = serverHello(RETRY, TLS_1_3);
        return Stream.of(
                Arguments.of("1.2, full, with the client's identifier", false, List.of(old, CERTIFICATE, DONE)),
                Arguments.of("1.2, full, without certificate", false, List.of(old, KEY_EXCHANGE, DONE)),
                Arguments.of("1.2, full, without key exchange", false, List.of(old, DONE)),
                Arguments.of("1.2, by identifier", true, List.of(old, CHANGE_CIPHER_SPEC)),
                Arguments.of("1.2, by ticket, which is renewed", true, List.of(old, TICKET, CHANGE_CIPHER_SPEC)),
                Arguments.of("1.2, after a HelloRequest", true, List.of(old, HELLO_REQUEST, CHANGE_CIPHER_SPEC)),
                Arguments.of("1.2, nothing more", false, List.of(old)),
                Arguments.of("1.3, full, with the client's identifier", false, List.of(tls13, CHANGE_CIPHER_SPEC)),
                Arguments.of("1.3, resumed", true, List.of(serverHello(SOME_RANDOM, TLS_1_3, PRE_SHARED_KEY))),
                Arguments.of("1.3, retried and full", false, List.of(retry, CHANGE_CIPHER_SPEC, tls13)),
                Arguments.of(
                        "1.3, retried and resumed",
                        true,
                        List.of(retry, CHANGE_CIPHER_SPEC, serverHello(SOME_RANDOM, PRE_SHARED_KEY, TLS_1_3))),
                Arguments.of(
                        "1.2, a key that belongs to 1.3",
                        false,
                        List.of(serverHello(SOME_RANDOM, PRE_SHARED_KEY), DONE)),
                Arguments.of("another message", false, List.of(CERTIFICATE, CHANGE_CIPHER_SPEC)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flights")
    void serversFlightTellsNegotiation(String flight, boolean resumed, List<byte[]> messages) {
        for (int size : new int[] {1, 2, 5, 39, 1000}) {
            Negotiation resumption = new Negotiation();
            for (byte[] message : messages) {
                for (int at = 0; at < message.length; at += size) {
                    resumption.record(
                            message.length == 1 ? 20 : 22,
                            ByteBuffer.wrap(message, at, Math.min(size, message.length - at)));
                }
            }
            assertThat(resumption.resumed()).as("in fragments of " + size).isEqualTo(resumed);
        }
    }

    private static Optional<String> groupAfter(String keyExchange) {
        Negotiation negotiation = new Negotiation();
        negotiation.record(22, ByteBuffer.wrap(serverHello(SOME_RANDOM)));
        negotiation.record(22, ByteBuffer.wrap(message(12, keyExchange)));
        return negotiation.group();
    }

    /** A prime of 6144 bits has 768 bytes, so its length begins with the number of a named curve. */
    @Test
    void primeIsNoCurve() {
        assertThat(groupAfter("03001d20" + "55".repeat(32))).contains("x25519");
        assertThat(groupAfter("0300" + "ff".repeat(768))).isEmpty();
        assertThat(groupAfter("0100" + "ff".repeat(256))).isEmpty();
    }

    @Test
    void messagesOfOneRecordAreTakenApart() {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(serverHello(SOME_RANDOM));
        record.writeBytes(TICKET);
        Negotiation resumption = new Negotiation();
        resumption.record(22, ByteBuffer.wrap(record.toByteArray()));
        assertThat(resumption.resumed()).isTrue();
    }

    @Test
    void hundredsOfSmallMessagesAreTakenInTurn() {
        Negotiation resumption = new Negotiation();
        for (int i = 0; i < 400; i++) {
            resumption.record(22, ByteBuffer.wrap(HELLO_REQUEST));
        }
        resumption.record(22, ByteBuffer.wrap(serverHello(SOME_RANDOM, TLS_1_3, PRE_SHARED_KEY)));
        assertThat(resumption.resumed()).isTrue();
    }

    @Test
    void messageThatIsTooLongIsGivenUpAndNotKept() {
        HandshakeMessages messages = new HandshakeMessages();
        byte[] announced = {2, 0, 0x40, 1};
        messages.add(ByteBuffer.wrap(announced));
        assertThat(messages.isTooLong()).isTrue();
        messages.add(ByteBuffer.wrap(serverHello(SOME_RANDOM)));
        assertThat(messages.next()).isNull();
    }

    @Test
    void madeUpBytesThrowNothing() {
        Random random = new Random(42);
        byte[] hello = serverHello(SOME_RANDOM, TLS_1_3, PRE_SHARED_KEY);
        for (int i = 0; i < 5_000; i++) {
            byte[] broken = Arrays.copyOf(hello, random.nextInt(hello.length) + 1);
            random.ints(4, 0, broken.length).forEach(at -> broken[at] = (byte) random.nextInt());
            Negotiation resumption = new Negotiation();
            resumption.record(22, ByteBuffer.wrap(broken));
            resumption.record(20, ByteBuffer.wrap(CHANGE_CIPHER_SPEC));
        }
    }
}
