package io.sluice.internal.boringssl;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.internal.tcnative.Buffer;
import io.sluice.internal.tls.Buffers;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Direct memory into which Netty's engines copy for a moment what is in heap memory, which a native library cannot reach. A few buffers are
 * used again and again, because the JDK clears each new one. Netty's own pools keep memory with threads, which outlive a redeployment.
 * Thread-safe.
 */
final class EngineBuffers extends AbstractByteBufAllocator {

    static final EngineBuffers SHARED = new EngineBuffers();

    /** The number of buffers to keep: some 600 KiB. An engine needs two at a time, and none while it waits. */
    private static final int SLOTS = 16;

    private static final UnpooledByteBufAllocator OTHERS = UnpooledByteBufAllocator.DEFAULT;

    private final AtomicReferenceArray<Reused> free = new AtomicReferenceArray<>(SLOTS);

    private EngineBuffers() {
        super(true);
    }

    @Override
    protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
        return OTHERS.heapBuffer(initialCapacity, maxCapacity);
    }

    @Override
    protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
        if (initialCapacity > Buffers.CAPACITY) {
            return OTHERS.directBuffer(initialCapacity, maxCapacity);
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            Reused buffer = free.getPlain(slot) == null ? null : free.getAndSet(slot, null);
            if (buffer != null) {
                return buffer.of(initialCapacity);
            }
        }
        return new Reused(this).of(initialCapacity);
    }

    private void release(Reused buffer) {
        for (int slot = 0; slot < SLOTS; slot++) {
            if (free.getPlain(slot) == null && free.compareAndSet(slot, null, buffer)) {
                return;
            }
        }
    }

    @Override
    public boolean isDirectBufferPooled() {
        return false;
    }

    /** A buffer that returns to its pool. Its memory is freed when it is collected. */
    private static final class Reused extends UnpooledDirectByteBuf {

        private final EngineBuffers pool;
        private final ByteBuffer memory;
        private final long address;
        private int length;

        Reused(EngineBuffers pool) {
            this(pool, ByteBuffer.allocateDirect(Buffers.CAPACITY));
        }

        private Reused(EngineBuffers pool, ByteBuffer memory) {
            super((ByteBufAllocator) pool, memory, Buffers.CAPACITY);
            this.pool = pool;
            this.memory = memory;
            this.address = Buffer.address(memory);
        }

        Reused of(int capacity) {
            length = capacity;
            resetRefCnt();
            setIndex(0, 0);
            return this;
        }

        /** The superclass asks before it is constructed. */
        @Override
        public int capacity() {
            return pool == null ? super.capacity() : length;
        }

        @Override
        public boolean hasMemoryAddress() {
            return true;
        }

        @Override
        public long memoryAddress() {
            return address;
        }

        /** Netty's implementation makes an object for each call. */
        @Override
        public ByteBuf getBytes(int index, ByteBuffer target) {
            int n = target.remaining();
            checkIndex(index, n);
            target.put(target.position(), memory, index, n).position(target.position() + n);
            return this;
        }

        @Override
        protected void deallocate() {
            pool.release(this);
        }
    }
}
