package io.sluice.internal.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few buffers with room for two TLS packets, lent while bytes are in hand, and not while a read waits for long. Only the thread
 * that uses a buffer gives it back: one returned in use would leak one connection's bytes into another.
 */
final class BufferPool {
    static final BufferPool HEAP = new BufferPool(false);
    static final BufferPool DIRECT = new BufferPool(true);

    /** Two packets of the largest engine known (BoringSSL's), so that a flight of two records is one socket write. */
    static final int CAPACITY = 37 * 1024;

    /** How many are kept. */
    static final int SLOTS = 64;

    private final AtomicReferenceArray<ByteBuffer> free = new AtomicReferenceArray<>(SLOTS);
    private final boolean direct;

    private BufferPool(boolean direct) {
        this.direct = direct;
    }

    /** An empty buffer of at least {@code capacity} bytes, cleared. */
    ByteBuffer take(int capacity) {
        if (capacity > CAPACITY) {
            return allocate(capacity);
        }
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (free.getPlain(slot) != null) {
                ByteBuffer buffer = free.getAndSet(slot, null);
                if (buffer != null) {
                    return buffer.clear();
                }
            }
        }
        return allocate(CAPACITY);
    }

    /** The caller must not touch the buffer again. One that is not of a pool is left to the collector. */
    void give(ByteBuffer buffer) {
        if (buffer.capacity() != CAPACITY) {
            return;
        }
        int start = start();
        for (int i = 0; i < SLOTS; i++) {
            int slot = (start + i) & (SLOTS - 1);
            if (free.getPlain(slot) == null && free.compareAndSet(slot, null, buffer)) {
                return;
            }
        }
    }

    private ByteBuffer allocate(int capacity) {
        return direct ? ByteBuffer.allocateDirect(capacity) : ByteBuffer.allocate(capacity);
    }

    /** Threads begin at slots of their own and so get the buffer back that is still in their cache. */
    private static int start() {
        return System.identityHashCode(Thread.currentThread()) & (SLOTS - 1);
    }
}
