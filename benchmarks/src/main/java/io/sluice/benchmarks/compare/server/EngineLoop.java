package io.sluice.benchmarks.compare.server;

import io.netty.util.ReferenceCountUtil;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * A blocking TLS connection around an SSLEngine, as short as it can be: direct buffers that the next connection uses again, one write a
 * flight, the engine's tasks on the same thread. It has no locks, deadlines or limits, so it is the ceiling of what a loop can reach.
 */
final class EngineLoop implements Closeable {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final LoopBuffers buffers = LoopBuffers.take();
    private boolean ended;

    EngineLoop(SocketChannel channel, SSLEngine engine) {
        this.channel = channel;
        this.engine = engine;
    }

    void handshake() throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            status = switch (status) {
                case NEED_UNWRAP -> {
                    flush();
                    yield unwrap();
                }
                case NEED_WRAP -> wrap(NOTHING).getHandshakeStatus();
                case NEED_TASK -> runTasks();
                default -> throw new IOException("unexpected: " + status);
            };
        }
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) { // the tickets
            wrap(NOTHING);
        }
        flush();
    }

    private HandshakeStatus runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
        return engine.getHandshakeStatus();
    }

    private SSLEngineResult wrap(ByteBuffer source) throws IOException {
        SSLEngineResult result = engine.wrap(source, buffers.out);
        if (result.getStatus() == Status.BUFFER_OVERFLOW) {
            flush();
            result = engine.wrap(source, buffers.out);
        }
        return result;
    }

    private void flush() throws IOException {
        buffers.out.flip();
        while (buffers.out.hasRemaining()) {
            channel.write(buffers.out);
        }
        buffers.out.clear();
    }

    /** One step of the engine, with more bytes of the peer's if it needs them. */
    private HandshakeStatus unwrap() throws IOException {
        while (true) {
            SSLEngineResult result = engine.unwrap(buffers.in, buffers.plain);
            switch (result.getStatus()) {
                case OK -> {
                    return result.getHandshakeStatus();
                }
                case CLOSED -> {
                    ended = true;
                    return HandshakeStatus.NOT_HANDSHAKING;
                }
                case BUFFER_UNDERFLOW -> fill();
                default -> throw new IOException("unexpected: " + result);
            }
        }
    }

    private void fill() throws IOException {
        buffers.in.compact();
        int n = channel.read(buffers.in);
        buffers.in.flip();
        if (n < 0) {
            throw new EOFException("the peer ended without close_notify");
        }
    }

    private int read(byte[] target, int offset, int length) throws IOException {
        while (!ended) {
            buffers.plain.flip();
            int n = Math.min(length, buffers.plain.remaining());
            buffers.plain.get(target, offset, n).compact();
            if (n > 0) {
                return n;
            }
            if (unwrap() == HandshakeStatus.NEED_TASK) {
                runTasks();
            }
        }
        return -1;
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
        while (source.hasRemaining()) {
            wrap(source);
        }
        flush();
    }

    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return EngineLoop.this.read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return EngineLoop.this.read(target, offset, length);
            }
        };
    }

    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                EngineLoop.this.write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                EngineLoop.this.write(bytes, offset, length);
            }
        };
    }

    /** Sends close_notify, once. */
    void closeOutput() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone() && wrap(NOTHING).getStatus() != Status.CLOSED) {}
        flush();
    }

    @Override
    public void close() throws IOException {
        try {
            closeOutput();
        } finally {
            buffers.giveBack();
            ReferenceCountUtil.release(engine);
        }
    }
}
