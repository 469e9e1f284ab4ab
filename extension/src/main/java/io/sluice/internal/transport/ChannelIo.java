package io.sluice.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A socket with a channel: direct buffers without a copy between. Only the stream of the channel's socket knows timeouts, so
 * a wait goes through it and a read of what is there through the channel.
 */
final class ChannelIo implements SocketIo {
    private final SocketChannel channel;
    private final SoTimeout soTimeout;
    private final InputStream in;

    ChannelIo(Socket socket, SocketChannel channel) throws IOException {
        this.channel = channel;
        this.soTimeout = new SoTimeout(socket);
        this.in = socket.getInputStream();
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
        if (timeout == 0 || in.available() > 0) {
            return channel.read(buffer);
        }
        int n = read(scratch, 0, Math.min(scratch.length, buffer.remaining()), timeout);
        if (n > 0) {
            buffer.put(scratch, 0, n);
        }
        return n;
    }

    @Override
    public void write(byte[] b, int off, int len) throws IOException {
        write(ByteBuffer.wrap(b, off, len));
    }

    @Override
    public void write(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public BufferPool pool() {
        return BufferPool.DIRECT;
    }
}
