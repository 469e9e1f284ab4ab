package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Writes to a non-blocking channel. A thread that writes waits until the channel can be written. The reply to a message need not wait: if
 * writes are deferred, what the channel does not take is kept, and sent later without a thread. The next write waits for it, so one write
 * at most is kept.
 */
final class ReadyOutput extends SocketOutput {

    private final SocketChannel channel;
    private final AcceptedSocket socket;
    private final Readiness readiness;
    private volatile boolean defers;
    private volatile @Nullable ByteBuffer kept;

    ReadyOutput(RawSocket raw, AcceptedSocket socket, SocketChannel channel, Readiness readiness) {
        super(raw, BufferPool.DIRECT);
        this.channel = channel;
        this.socket = socket;
        this.readiness = readiness;
    }

    @Override
    void defer(boolean deferred) {
        defers = deferred;
    }

    @Override
    boolean hasKept() {
        return kept != null;
    }

    @Override
    boolean flushKept() throws IOException {
        ByteBuffer rest = kept;
        if (rest == null) {
            return true;
        }
        while (rest.hasRemaining()) {
            if (send(rest) == 0) {
                return false;
            }
        }
        kept = null;
        return true;
    }

    @Override
    void awaitKept() throws IOException {
        while (!flushKept()) {
            readiness.awaitWritable();
        }
    }

    @Override
    void write(ByteBuffer buffer) throws IOException {
        awaitKept();
        while (buffer.hasRemaining()) {
            if (send(buffer) == 0) {
                if (defers) {
                    keep(buffer);
                } else {
                    readiness.awaitWritable();
                }
            }
        }
    }

    private void keep(ByteBuffer buffer) {
        kept = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
    }

    /** A heap buffer goes in small pieces, because the JDK copies each to a direct buffer, and keeps that for the thread. */
    private long send(ByteBuffer buffer) throws IOException {
        if (buffer.isDirect()) {
            return socket.write(channel, buffer);
        }
        int end = buffer.limit();
        buffer.limit(Math.min(end, buffer.position() + PIECE));
        try {
            return socket.write(channel, buffer);
        } finally {
            buffer.limit(end);
        }
    }

    @Override
    void write(byte[] b, int off, int len) throws IOException {
        write(new ByteBuffer[] {ByteBuffer.wrap(b, off, len)});
    }

    @Override
    boolean takes(ByteBuffer source) {
        return source.isDirect();
    }

    @Override
    void write(ByteBuffer first, ByteBuffer second) throws IOException {
        if (first.hasRemaining()) {
            ByteBuffer joined = first.compact();
            Buffers.move(second, joined);
            write(joined.flip());
        }
        write(second);
    }
}
