package io.sluice.it.support;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** A socket that splits its first write, a ClientHello in one record, into several records, and sends it byte by byte. */
public final class SplitHelloSocket extends Socket {

    private static final int HEADER = 5;

    private final int fragment;
    private boolean split;

    public SplitHelloSocket(InetSocketAddress server, int fragment) throws IOException {
        this.fragment = fragment;
        setTcpNoDelay(true);
        connect(server);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(byte[] b, int off, int len) throws IOException {
                if (split) {
                    out.write(b, off, len);
                    return;
                }
                split = true;
                for (byte one : split(ByteBuffer.wrap(b, off, len))) {
                    out.write(one);
                }
            }
        };
    }

    private byte[] split(ByteBuffer record) {
        byte[] header = new byte[HEADER];
        record.get(header);
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        while (record.hasRemaining()) {
            byte[] part = new byte[Math.min(fragment, record.remaining())];
            record.get(part);
            header[3] = (byte) (part.length >> 8);
            header[4] = (byte) part.length;
            records.writeBytes(header);
            records.writeBytes(part);
        }
        return records.toByteArray();
    }
}
