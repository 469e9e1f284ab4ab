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
 * A few buffers with room for some TLS packets. They are borrowed while bytes are processed, and not during a long wait. Direct memory is
 * scarce, and peers that do not read can make many writers hold a buffer each: beyond a limit, the buffers are heap buffers. Thread-safe.
 */
final class BufferPool implements Buffers {
    /** Four records of 16 KiB, and the beginning of another: a native engine is so fast that the number of reads and writes counts. */
    private static final int DIRECT_CAPACITY = 72 * 1024;

    /** Two packets of the engine with the largest packets (BoringSSL's). The JDK keeps a direct buffer of that size for each thread. */
    private static final int HEAP_CAPACITY = 37 * 1024;

    /** The number of direct buffers that exist at the same time: some 32 MiB. */
    static final int MOST_DIRECT = (32 << 20) / DIRECT_CAPACITY;

    static final BufferPool HEAP = new BufferPool(false, HEAP_CAPACITY);
    static final BufferPool DIRECT = new BufferPool(true, DIRECT_CAPACITY);

    /** The number of buffers to keep. */
    static final int SLOTS = 64;

    private final AtomicReferenceArray<ByteBuffer> free = new AtomicReferenceArray<>(SLOTS);
    private final boolean direct;
    private final int capacity;
    /** The direct buffers that are not collected, and those that are. */
    private final Set<Reference<ByteBuffer>> existing = ConcurrentHashMap.newKeySet();

    private final ReferenceQueue<ByteBuffer> collected = new ReferenceQueue<>();

    private BufferPool(boolean direct, int capacity) {
        this.direct = direct;
        this.capacity = capacity;
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public ByteBuffer take(int least) {
        if (least > capacity) {
            return ByteBuffer.allocate(least);
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
        return direct ? allocateDirect() : ByteBuffer.allocate(capacity);
    }

    @Override
    public void release(ByteBuffer buffer) {
        if (buffer.capacity() != capacity || buffer.isDirect() != direct) {
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
                ByteBuffer buffer = ByteBuffer.allocateDirect(capacity);
                existing.add(new PhantomReference<>(buffer, collected));
                return buffer;
            } catch (OutOfMemoryError e) {
                // Others use the direct memory of this JVM.
            }
        }
        return ByteBuffer.allocate(capacity);
    }

    /** Each thread begins at a slot of its own, and so gets a buffer that is probably still in its cache. */
    private static int start() {
        return System.identityHashCode(Thread.currentThread()) & (SLOTS - 1);
    }
}
