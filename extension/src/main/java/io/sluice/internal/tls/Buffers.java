package io.sluice.internal.tls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory for records, which is borrowed while bytes are processed and not during a long wait. Thread-safe. Only the thread that uses a buffer
 * returns it: a buffer returned while in use would leak bytes into another connection.
 */
public interface Buffers {

    /**
     * Returns the capacity of a pooled buffer, which has room for two packets of any engine.
     *
     * @return the number of bytes
     */
    int capacity();

    /**
     * Borrows a buffer.
     *
     * @param capacity the smallest capacity
     * @return an empty buffer with at least that capacity, and at least {@link #capacity}
     */
    ByteBuffer take(int capacity);

    /**
     * Borrows a direct buffer for a moment in which the thread does not wait.
     *
     * @return an empty buffer with at least {@link #capacity}, or null if there is none
     */
    @Nullable
    ByteBuffer takeForCopy();

    /**
     * Returns a buffer of {@link #takeForCopy}.
     *
     * @param copy the buffer, which must not be used afterwards
     */
    void releaseCopy(ByteBuffer copy);

    /**
     * Returns a buffer. The caller must not use it afterwards.
     *
     * @param buffer any buffer; one that does not come from a pool is left to the garbage collector
     */
    void release(ByteBuffer buffer);

    /**
     * Moves as many bytes as the target has room for.
     *
     * @param source the bytes; its position moves
     * @param target the buffer to fill
     * @return the number of bytes
     */
    static int move(ByteBuffer source, ByteBuffer target) {
        int n = Math.min(source.remaining(), target.remaining());
        target.put(target.position(), source, source.position(), n).position(target.position() + n);
        source.position(source.position() + n);
        return n;
    }
}
