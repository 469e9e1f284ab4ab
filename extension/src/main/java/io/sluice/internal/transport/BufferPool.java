package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few buffers with room for two TLS packets. They are borrowed while bytes are processed, and not during a long wait. Only the thread
 * that uses a buffer returns it: a buffer returned while in use would leak bytes into another connection. Thread-safe.
 */
final class BufferPool implements Buffers {
    static final BufferPool HEAP = new BufferPool(false);
    static final BufferPool DIRECT = new BufferPool(true);

    /** The number of buffers to keep. */
    static final int SLOTS = 64;

    private final AtomicReferenceArray<ByteBuffer> free = new AtomicReferenceArray<>(SLOTS);
    private final boolean direct;

    private BufferPool(boolean direct) {
        this.direct = direct;
    }

    /** Returns a cleared buffer of at least {@code capacity} bytes. */
    @Override
    public ByteBuffer take(int capacity) {
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

    /** The caller must not use the buffer afterwards. A buffer that does not come from a pool is left to the garbage collector. */
    @Override
    public void release(ByteBuffer buffer) {
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

    /** Each thread begins at a slot of its own, and so gets a buffer that is probably still in its cache. */
    private static int start() {
        return System.identityHashCode(Thread.currentThread()) & (SLOTS - 1);
    }
}
