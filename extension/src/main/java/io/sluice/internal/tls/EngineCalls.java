package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * The calls of an engine that move bytes. An engine outside the heap, such as BoringSSL's, would allocate a direct buffer for each heap buffer
 * of each call, which costs more than the copy. It gets borrowed ones instead. Safe for one thread that receives and one that sends.
 */
final class EngineCalls {
    private final SSLEngine engine;
    private final Buffers buffers;
    private final boolean copies;

    /** {@code buffers}: direct ones, if the engine prefers them. */
    EngineCalls(EngineAdapter adapter, Buffers buffers) {
        this.engine = adapter.engine();
        this.buffers = buffers;
        this.copies = adapter.prefersDirectBuffers();
    }

    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        ByteBuffer in = inOf(source, source.remaining());
        ByteBuffer out = outOf(target);
        try {
            return engine.unwrap(in, out);
        } finally {
            takeBack(source, in);
            deliver(out, target);
        }
    }

    /** Encrypts a record at most. */
    SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        ByteBuffer in = inOf(source, RecordHeader.MAX_PLAINTEXT);
        ByteBuffer out = outOf(target);
        try {
            return engine.wrap(in, out);
        } finally {
            takeBack(source, in);
            deliver(out, target);
        }
    }

    private boolean isTaken(ByteBuffer buffer) {
        return !copies || buffer.isDirect() || !buffer.hasRemaining();
    }

    private ByteBuffer inOf(ByteBuffer source, int most) {
        if (isTaken(source)) {
            return source;
        }
        int n = Math.min(source.remaining(), most);
        ByteBuffer in = buffers.take(n);
        return in.put(0, source, source.position(), n).limit(n);
    }

    /** The engine may have taken only a part of the copy, or it has failed. */
    @SuppressWarnings("ReferenceEquality") // The same buffer, not the same content.
    private void takeBack(ByteBuffer source, ByteBuffer in) {
        if (in != source) {
            source.position(source.position() + in.position());
            buffers.release(in);
        }
    }

    private ByteBuffer outOf(ByteBuffer target) {
        return isTaken(target) ? target : buffers.take(0).limit(Math.min(target.remaining(), buffers.capacity()));
    }

    @SuppressWarnings("ReferenceEquality")
    private void deliver(ByteBuffer out, ByteBuffer target) {
        if (out != target) {
            Buffers.move(out.flip(), target);
            buffers.release(out);
        }
    }
}
