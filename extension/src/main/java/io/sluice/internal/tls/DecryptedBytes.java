package io.sluice.internal.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts straight into the caller's buffer if it is large, and otherwise into a buffer of its own, whose bytes are read later. Not
 * thread-safe.
 */
final class DecryptedBytes {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** For a smaller buffer, a record is decrypted into a buffer of this class and copied from there. */
    private static final int LARGE = 1024;

    private final SSLEngine engine;
    private final EngineCalls calls;
    private final Buffers buffers;
    private final boolean several;
    private final ByteBuffer[] targets = {NOTHING, NOTHING};
    /** What was not read, between position and limit. Borrowed while there is any. */
    private @Nullable ByteBuffer bytes;

    /** {@code several}: whether the engine takes several records at once. */
    DecryptedBytes(SSLEngine engine, EngineCalls calls, Buffers buffers, boolean several) {
        this.engine = engine;
        this.calls = calls;
        this.buffers = buffers;
        this.several = several;
    }

    static boolean isLarge(ByteBuffer target) {
        return target.remaining() >= LARGE;
    }

    /** Adds to what was not read. */
    SSLEngineResult add(ByteBuffer record) throws SSLException {
        ByteBuffer room = bytes == null ? room() : bytes.compact();
        try {
            return calls.unwrap(record, room);
        } finally {
            room.flip();
        }
    }

    /** Decrypts into a buffer of this object. Everything has been read. */
    SSLEngineResult decrypt(ByteBuffer source) throws SSLException {
        ByteBuffer room = room().clear();
        try {
            return calls.unwrap(source, room);
        } finally {
            room.flip();
        }
    }

    /** Decrypts into a large target, and what it has no room for into a buffer of this object. Everything has been read. */
    SSLEngineResult decrypt(ByteBuffer source, ByteBuffer target) throws SSLException {
        if (fits(source, target)) {
            return calls.unwrap(source, target);
        }
        ByteBuffer room = room().clear();
        try {
            targets[0] = target;
            targets[1] = room;
            return engine.unwrap(source, targets);
        } finally {
            targets[0] = NOTHING;
            targets[1] = NOTHING;
            room.flip();
        }
    }

    /** Whether the engine accepts the target for the record. An engine for several records keeps what does not fit for a moment. */
    private boolean fits(ByteBuffer source, ByteBuffer target) {
        return several || source.hasRemaining() && target.remaining() >= source.remaining();
    }

    private ByteBuffer room() {
        ByteBuffer known = bytes;
        if (known == null) {
            known = buffers.take(engine.getSession().getApplicationBufferSize());
            bytes = known;
        }
        return known;
    }

    /** Returns how many bytes were not read. */
    int length() {
        ByteBuffer held = bytes;
        return held == null ? 0 : held.remaining();
    }

    /** Reads. Returns the number of bytes. */
    int take(ByteBuffer target) {
        ByteBuffer held = bytes;
        if (held == null || !held.hasRemaining()) {
            return 0;
        }
        int n = Buffers.move(held, target);
        trim();
        return n;
    }

    /** Releases an empty buffer. */
    void trim() {
        if (length() == 0) {
            release();
        }
    }

    /** Releases the buffer, and discards its bytes. */
    void release() {
        ByteBuffer held = bytes;
        if (held != null) {
            bytes = null;
            buffers.release(held);
        }
    }
}
