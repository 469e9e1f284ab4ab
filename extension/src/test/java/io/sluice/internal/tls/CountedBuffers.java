package io.sluice.internal.tls;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Knows which buffers are borrowed, and spoils each one that is returned, so that its use would be noticed. */
final class CountedBuffers implements Buffers {
    private static final int CAPACITY = 37 * 1024;
    private static final byte SPOILED = (byte) 0xa5;

    private final Set<ByteBuffer> borrowed = Collections.newSetFromMap(new IdentityHashMap<>());
    private final boolean direct;

    CountedBuffers(boolean direct) {
        this.direct = direct;
    }

    @Override
    public int capacity() {
        return CAPACITY;
    }

    @Override
    public ByteBuffer take(int capacity) {
        int size = Math.max(capacity, CAPACITY);
        ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
        borrowed.add(buffer);
        return buffer;
    }

    @Override
    public ByteBuffer takeForCopy() {
        ByteBuffer copy = ByteBuffer.allocateDirect(CAPACITY);
        borrowed.add(copy);
        return copy;
    }

    @Override
    public void releaseCopy(ByteBuffer copy) {
        release(copy);
    }

    @Override
    public void release(ByteBuffer buffer) {
        if (!borrowed.remove(buffer)) {
            if (buffer.capacity() >= CAPACITY) {
                throw new AssertionError("returned twice: " + buffer);
            }
            return;
        }
        buffer.clear();
        while (buffer.hasRemaining()) {
            buffer.put(SPOILED);
        }
    }

    int borrowed() {
        return borrowed.size();
    }
}
