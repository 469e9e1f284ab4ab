package io.sluice.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** A plain socket: its streams, and arrays. */
final class StreamIo implements SocketIo {
    private final SoTimeout soTimeout;
    private final InputStream in;
    private final OutputStream out;

    StreamIo(Socket socket) throws IOException {
        this.soTimeout = new SoTimeout(socket);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
    }

    @Override
    public int read(byte[] b, int off, int len, int timeout) throws IOException {
        soTimeout.set(timeout);
        long start = timeout == 0 ? 0 : System.nanoTime();
        try {
            return in.read(b, off, len);
        } catch (SocketTimeoutException e) {
            soTimeout.renew(timeout, start, e);
            return in.read(b, off, len);
        }
    }

    @Override
    public int read(ByteBuffer buffer, byte[] scratch, int timeout) throws IOException {
        int n = read(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining(), timeout);
        if (n > 0) {
            buffer.position(buffer.position() + n);
        }
        return n;
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        out.write(b, off, len);
    }

    @Override
    public void write(ByteBuffer buffer) throws IOException {
        out.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining());
        buffer.position(buffer.limit());
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public BufferPool pool() {
        return BufferPool.HEAP;
    }
}
