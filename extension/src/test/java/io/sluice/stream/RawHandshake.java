package io.sluice.stream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** The bytes of handshakes that tests send cut, repeated or damaged, and the records that come back. */
final class RawHandshake {

    private static final int HEADER = 5;
    private static final int MESSAGE = HEADER + 4;

    private RawHandshake() {}

    /**
     * A record that came back.
     *
     * @param type its content type
     * @param fragment what follows its header
     */
    record Record(int type, byte[] fragment) {

        boolean isClearAlert() {
            return type == 21 && fragment.length == 2;
        }

        /** Returns the description of a plaintext fatal alert. */
        int alert() {
            return isClearAlert() && fragment[0] == 2 ? fragment[1] & 0xff : -1;
        }

        @Override
        public String toString() {
            return type + (isClearAlert() ? ":" + HexFormat.of().formatHex(fragment) : "[" + fragment.length + "]");
        }
    }

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** Returns one record with one message of a type and any body. */
    static byte[] message(int type, byte[] body) {
        byte[] header = {
            22, 3, 1, high(body.length + 4), low(body.length + 4), (byte) type, 0, high(body.length), low(body.length)
        };
        return join(header, body);
    }

    private static byte high(int length) {
        return (byte) (length >> 8);
    }

    private static byte low(int length) {
        return (byte) length;
    }

    /** Returns the first record of a client with TLS 1.2 and 1.3. */
    static byte[] clientHello() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            SSLEngine engine = context.createSSLEngine("localhost", 1);
            engine.setUseClientMode(true);
            engine.setEnabledProtocols(new String[] {"TLSv1.2", "TLSv1.3"});
            ByteBuffer packet = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.allocate(0), packet);
            return Arrays.copyOf(packet.array(), packet.position());
        } catch (GeneralSecurityException | SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] body(byte[] hello) {
        return Arrays.copyOfRange(hello, MESSAGE, hello.length);
    }

    /** Returns the offsets in the body of a ClientHello at which fields begin and end. */
    static List<Integer> cuts(byte[] hello) {
        byte[] body = body(hello);
        int session = 2 + 32;
        int suites = session + 1 + body[session];
        int compression = suites + 2 + ((body[suites] & 0xff) << 8 | body[suites + 1] & 0xff);
        int extensions = compression + 1 + body[compression];
        return List.of(
                0,
                1,
                2,
                20,
                session,
                session + 1,
                session + 2,
                suites,
                suites + 1,
                suites + 2,
                suites + 3,
                compression,
                compression + 1,
                extensions + 1,
                extensions + 2,
                extensions + 4,
                extensions + 9,
                body.length - 1);
    }

    /** Returns the same message with each byte in a separate record. */
    static byte[] inOneByteRecords(byte[] record) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = HEADER; i < record.length; i++) {
            all.writeBytes(new byte[] {22, 3, 1, 0, 1, record[i]});
        }
        return all.toByteArray();
    }

    static List<Record> records(byte[] received) {
        List<Record> records = new ArrayList<>();
        ByteBuffer at = ByteBuffer.wrap(received);
        while (at.remaining() >= HEADER) {
            int type = at.get();
            at.getShort();
            byte[] fragment = new byte[at.getShort() & 0xffff];
            at.get(fragment);
            records.add(new Record(type, fragment));
        }
        return records;
    }
}
