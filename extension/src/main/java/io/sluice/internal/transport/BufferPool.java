package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

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

    /** The number of buffers to keep. */
    static final int SLOTS = 64;

    static final BufferPool HEAP = new BufferPool(0, HEAP_CAPACITY);
    static final BufferPool DIRECT = new BufferPool(MOST_DIRECT, DIRECT_CAPACITY);

    /** For copies that an engine needs. They are apart, so that writers whose peers do not read cannot use them up. */
    private static final BufferPool COPIES = new BufferPool(SLOTS, DIRECT_CAPACITY);

    private final AtomicReferenceArray<ByteBuffer> free = new AtomicReferenceArray<>(SLOTS);
    /** The number of direct buffers that exist at the same time; 0 for a pool of heap buffers. */
    private final int mostDirect;

    private final int capacity;
    /** The direct buffers that are not collected, and those that are. */
    private final Set<Reference<ByteBuffer>> existing = ConcurrentHashMap.newKeySet();

    private final ReferenceQueue<ByteBuffer> collected = new ReferenceQueue<>();

    private BufferPool(int mostDirect, int capacity) {
        this.mostDirect = mostDirect;
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
        ByteBuffer known = takeFree();
        ByteBuffer buffer = known == null ? allocateDirect() : known;
        return buffer == null ? ByteBuffer.allocate(capacity) : buffer;
    }

    @Override
    public @Nullable ByteBuffer takeForCopy() {
        ByteBuffer known = COPIES.takeFree();
        return known == null ? COPIES.allocateDirect() : known;
    }

    @Override
    public void releaseCopy(ByteBuffer copy) {
        COPIES.release(copy);
    }

    private @Nullable ByteBuffer takeFree() {
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
        return null;
    }

    @Override
    public void release(ByteBuffer buffer) {
        if (buffer.capacity() != capacity || buffer.isDirect() != (mostDirect > 0)) {
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

    /** Returns null if there may be no more. */
    private @Nullable ByteBuffer allocateDirect() {
        if (mostDirect == 0) {
            return null;
        }
        Reference<? extends ByteBuffer> gone = collected.poll();
        while (gone != null) {
            existing.remove(gone);
            gone = collected.poll();
        }
        if (existing.size() < mostDirect) {
            try {
                ByteBuffer buffer = ByteBuffer.allocateDirect(capacity);
                existing.add(new PhantomReference<>(buffer, collected));
                return buffer;
            } catch (OutOfMemoryError e) {
                // Others use the direct memory of this JVM.
            }
        }
        return null;
    }

    /** Each thread begins at a slot of its own, and so gets a buffer that is probably still in its cache. */
    private static int start() {
        return System.identityHashCode(Thread.currentThread()) & (SLOTS - 1);
    }
}
