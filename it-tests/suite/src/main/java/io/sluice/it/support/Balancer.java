package io.sluice.it.support;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client's socket as a balancer passes it on, with a PROXY header before its first bytes. */
public final class Balancer extends Socket {

    /** The ways to send the header and the first bytes. */
    public enum Sending {
        /** Both in one write. */
        ONE_SEGMENT,
        /** Each byte in a write of its own. */
        DRIP,
        /** The header first, then the rest. */
        APART
    }

    /** 192.0.2.7, port 56324, to 198.51.100.1, port 443, with a TLV that names example.org. */
    public static final byte[] V2 = v2(0x21, 0x11, new byte[] {
        (byte) 192,
        0,
        2,
        7,
        (byte) 198,
        51,
        100,
        1,
        (byte) 0xdc,
        4,
        1,
        (byte) 0xbb,
        2,
        0,
        11,
        'e',
        'x',
        'a',
        'm',
        'p',
        'l',
        'e',
        '.',
        'o',
        'r',
        'g'
    });

    /** The same without the TLV. */
    public static final byte[] V1 =
            "PROXY TCP4 192.0.2.7 198.51.100.1 56324 443\r\n".getBytes(StandardCharsets.US_ASCII);

    public static final byte[] LOCAL = v2(0x20, 0x00, new byte[0]);

    public static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 56_324);

    private final Sending sending;
    private byte @Nullable [] header;

    private Balancer(byte[] header, Sending sending) {
        this.header = header;
        this.sending = sending;
    }

    public static Balancer connect(InetSocketAddress server, byte[] header, Sending sending) throws IOException {
        Balancer balancer = new Balancer(header, sending);
        balancer.setTcpNoDelay(true);
        balancer.setSoTimeout(20_000);
        balancer.connect(server, 5_000);
        return balancer;
    }

    public static byte[] v2(int versionAndCommand, int family, byte[] rest) {
        return ByteBuffer.allocate(16 + rest.length)
                .put("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII))
                .put((byte) versionAndCommand)
                .put((byte) family)
                .putShort((short) rest.length)
                .put(rest)
                .array();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                byte[] first = header;
                header = null;
                if (first == null) {
                    out.write(b, off, len);
                    return;
                }
                ByteBuffer both =
                        ByteBuffer.allocate(first.length + len).put(first).put(b, off, len);
                switch (sending) {
                    case ONE_SEGMENT -> out.write(both.array());
                    case APART -> {
                        out.write(first);
                        out.write(b, off, len);
                    }
                    case DRIP -> {
                        for (byte each : both.array()) {
                            out.write(each);
                        }
                    }
                }
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }
        };
    }
}
