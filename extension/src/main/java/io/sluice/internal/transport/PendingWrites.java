package io.sluice.internal.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Wrapped responses to the peer's records, such as KeyUpdates. The reader wraps them, and the next write sends them before its data
 * (RFC 8446, 4.6.3). The JDK's engine creates one response for each request, and would keep each with a cipher of its own. A wrapped
 * response has some 40 bytes. All wraps of a connection go through this class, so that records leave in the order in which the engine
 * numbered them. The lock is never held during a socket write. Thread-safe.
 */
final class PendingWrites {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final byte[] NONE = {};

    /** More wraps than an engine needs at once. */
    private static final int ROUNDS = 16;

    private final SSLEngine engine;
    private final BufferPool pool;
    private final ReentrantLock wrapping = new ReentrantLock();

    @GuardedBy("wrapping")
    private byte[] bytes = NONE;

    @GuardedBy("wrapping")
    private int from;

    @GuardedBy("wrapping")
    private int to;

    PendingWrites(SSLEngine engine, BufferPool pool) {
        this.engine = engine;
        this.pool = pool;
    }

    /** Wraps and keeps the engine's responses. Returns the number of pending bytes. */
    int gather() throws SSLException {
        wrapping.lock();
        try {
            ByteBuffer room = pool.take(engine.getSession().getPacketBufferSize());
            try {
                gatherInto(room);
            } finally {
                pool.release(room);
            }
            return to - from;
        } finally {
            wrapping.unlock();
        }
    }

    /**
     * Wraps until the engine produces nothing. BoringSSL's engine reports only once that it needs a wrap. After it has rejected a record,
     * the first wrap produces the alert, and the next one throws.
     */
    @GuardedBy("wrapping")
    private void gatherInto(ByteBuffer room) throws SSLException {
        for (int i = 0; i < ROUNDS; i++) {
            SSLEngineResult result = engine.wrap(NOTHING, room.clear());
            EngineTasks.run(engine, result);
            append(room.flip());
            if (result.bytesProduced() == 0) {
                return;
            }
        }
    }

    @GuardedBy("wrapping")
    private void append(ByteBuffer record) {
        int n = record.remaining();
        if (bytes.length - to < n) {
            byte[] roomier = new byte[Math.max(64, 2 * (to - from + n))];
            System.arraycopy(bytes, from, roomier, 0, to - from);
            bytes = roomier;
            to -= from;
            from = 0;
        }
        record.get(bytes, to, n);
        to += n;
    }

    /** Moves as many bytes as fit. Returns false if there were none. */
    boolean moveTo(ByteBuffer out) {
        wrapping.lock();
        try {
            int n = Math.min(to - from, out.remaining());
            out.put(bytes, from, n);
            from += n;
            if (from == to) {
                drop();
            }
            return n > 0;
        } finally {
            wrapping.unlock();
        }
    }

    /** Discards the bytes, which will not be written. */
    void drop() {
        wrapping.lock();
        try {
            bytes = NONE;
            from = 0;
            to = 0;
        } finally {
            wrapping.unlock();
        }
    }

    /** Wraps data. Returns null if pending bytes have to be moved first. */
    @Nullable
    SSLEngineResult wrap(ByteBuffer source, ByteBuffer out) throws SSLException {
        wrapping.lock();
        try {
            return from == to ? engine.wrap(source, out) : null;
        } finally {
            wrapping.unlock();
        }
    }
}
