package io.sluice.internal.transport;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Decrypted bytes that were not read yet, in a pooled buffer that is held only while needed. Not thread-safe: used under the read lock. */
final class PlaintextBuffer {
    private final SSLEngine engine;
    private final BufferPool pool;
    /** The bytes are between position and limit. */
    private @Nullable ByteBuffer held;

    PlaintextBuffer(SSLEngine engine, BufferPool pool) {
        this.engine = engine;
        this.pool = pool;
    }

    /** Returns an empty buffer with room for a record's data. The caller flips it after filling it. */
    ByteBuffer cleared() {
        return buffer().clear();
    }

    /** Returns a buffer with room after the held bytes. The caller flips it after filling it. */
    ByteBuffer compacted() {
        return held == null ? buffer() : held.compact();
    }

    private ByteBuffer buffer() {
        ByteBuffer known = held;
        if (known == null) {
            known = pool.take(engine.getSession().getApplicationBufferSize());
            held = known;
        }
        return known;
    }

    int take(byte[] b, int off, int len) {
        ByteBuffer known = held;
        if (known == null || !known.hasRemaining()) {
            return 0;
        }
        int n = Math.min(len, known.remaining());
        known.get(b, off, n);
        trim();
        return n;
    }

    int size() {
        return held == null ? 0 : held.remaining();
    }

    /** Releases an empty buffer, so that a waiting read holds none. */
    void trim() {
        if (size() == 0) {
            release();
        }
    }

    /** Releases the buffer, and discards its bytes. */
    void release() {
        ByteBuffer known = held;
        if (known != null) {
            held = null;
            pool.release(known);
        }
    }
}
