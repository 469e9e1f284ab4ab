package io.sluice.internal.transport;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Decrypted bytes that no caller has taken yet, in a pooled buffer that is held only while there are some. Used under the read lock. */
final class PlaintextBuffer {
    private final SSLEngine engine;
    private final BufferPool pool;
    /** The bytes lie between position and limit. */
    private @Nullable ByteBuffer held;

    PlaintextBuffer(SSLEngine engine, BufferPool pool) {
        this.engine = engine;
        this.pool = pool;
    }

    /** A buffer with room for a record's bytes and none in it; to be flipped when they are. */
    ByteBuffer empty() {
        return buffer().clear();
    }

    /** The same behind the bytes that are held. */
    ByteBuffer behind() {
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

    /** Gives the buffer back when it is empty: nothing is held while a read waits. */
    void trim() {
        if (size() == 0) {
            release();
        }
    }

    /** Gives the buffer back; its bytes are dropped. */
    void release() {
        ByteBuffer known = held;
        if (known != null) {
            held = null;
            pool.give(known);
        }
    }
}
