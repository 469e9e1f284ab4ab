package io.sluice.internal.tls;

import io.sluice.internal.engine.EngineAdapter;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The calls of an engine that move bytes. An engine outside the heap, such as BoringSSL's, would allocate a direct buffer for each heap buffer
 * of each call, which costs more than the copy. It gets borrowed ones instead, if there are any. Safe for one thread that receives and one
 * that sends.
 */
final class EngineCalls {
    private final SSLEngine engine;
    private final Buffers buffers;
    private final boolean copies;

    EngineCalls(EngineAdapter adapter, Buffers buffers) {
        this.engine = adapter.engine();
        this.buffers = buffers;
        this.copies = adapter.prefersDirectBuffers();
    }

    SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        ByteBuffer in = copyOf(source, source.remaining());
        ByteBuffer out = copyFor(target);
        try {
            return engine.unwrap(in == null ? source : in, out == null ? target : out);
        } finally {
            takeBack(in, source);
            deliver(out, target);
        }
    }

    /** Encrypts the source, or as much as a record has room for. */
    SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        ByteBuffer in = copyOf(source, RecordHeader.MAX_PLAINTEXT);
        ByteBuffer out = copyFor(target);
        try {
            return engine.wrap(in == null ? source : in, out == null ? target : out);
        } finally {
            takeBack(in, source);
            deliver(out, target);
        }
    }

    /** Null if the engine takes the buffer itself. */
    private @Nullable ByteBuffer copy(ByteBuffer of) {
        return !copies || of.isDirect() || !of.hasRemaining() ? null : buffers.takeForCopy();
    }

    private @Nullable ByteBuffer copyOf(ByteBuffer source, int most) {
        ByteBuffer copy = copy(source);
        if (copy != null) {
            int n = Math.min(Math.min(source.remaining(), most), copy.capacity());
            copy.put(0, source, source.position(), n).limit(n);
        }
        return copy;
    }

    /** The engine may have taken only a part of the copy, even if it has failed. */
    private void takeBack(@Nullable ByteBuffer copy, ByteBuffer source) {
        if (copy != null) {
            source.position(source.position() + copy.position());
            buffers.releaseCopy(copy);
        }
    }

    private @Nullable ByteBuffer copyFor(ByteBuffer target) {
        ByteBuffer copy = copy(target);
        return copy == null ? null : copy.limit(Math.min(target.remaining(), copy.capacity()));
    }

    private void deliver(@Nullable ByteBuffer copy, ByteBuffer target) {
        if (copy != null) {
            Buffers.move(copy.flip(), target);
            buffers.releaseCopy(copy);
        }
    }
}
