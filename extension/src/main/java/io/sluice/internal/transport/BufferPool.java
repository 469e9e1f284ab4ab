package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A few buffers with room for two TLS packets. They are borrowed while bytes are processed, and not during a long wait. Direct memory is
 * scarce, and peers that do not read can make many writers hold a buffer each: beyond a limit, the buffers are heap buffers. Thread-safe.
 */
final class BufferPool implements Buffers {
    static final BufferPool HEAP = new BufferPool(false);
    static final BufferPool DIRECT = new BufferPool(true);

    /** The number of buffers to keep. */
    static final int SLOTS = 64;

    /** The number of direct buffers that exist at the same time: some 32 MiB. */
    static final int MOST_DIRECT = (32 << 20) / CAPACITY;

    private final AtomicReferenceArray<ByteBuffer> free = new AtomicReferenceArray<>(SLOTS);
    private final boolean direct;
    /** The direct buffers that are not collected, and those that are. */
    private final Set<Reference<ByteBuffer>> existing = ConcurrentHashMap.newKeySet();

    private final ReferenceQueue<ByteBuffer> collected = new ReferenceQueue<>();

    private BufferPool(boolean direct) {
        this.direct = direct;
    }

    @Override
    public ByteBuffer take(int capacity) {
        if (capacity > CAPACITY) {
            return ByteBuffer.allocate(capacity);
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
        return direct ? allocateDirect() : ByteBuffer.allocate(CAPACITY);
    }

    @Override
    public void release(ByteBuffer buffer) {
        if (buffer.capacity() != CAPACITY || buffer.isDirect() != direct) {
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

    private ByteBuffer allocateDirect() {
        Reference<? extends ByteBuffer> gone = collected.poll();
        while (gone != null) {
            existing.remove(gone);
            gone = collected.poll();
        }
        if (existing.size() < MOST_DIRECT) {
            try {
                ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY);
                existing.add(new PhantomReference<>(buffer, collected));
                return buffer;
            } catch (OutOfMemoryError e) {
                // Others use the direct memory of this JVM.
            }
        }
        return ByteBuffer.allocate(CAPACITY);
    }

    /** Each thread begins at a slot of its own, and so gets a buffer that is probably still in its cache. */
    private static int start() {
        return System.identityHashCode(Thread.currentThread()) & (SLOTS - 1);
    }
}
