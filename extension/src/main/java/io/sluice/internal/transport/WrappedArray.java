package io.sluice.internal.transport;

import java.nio.ByteBuffer;

/**
 * The array of the last call as a buffer, so that a thread which always passes the same array allocates nothing. Not thread-safe: used under a
 * lock. Only {@link #forget} may be called by another thread.
 */
final class WrappedArray {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** A larger array is not kept, because the connection may be idle for long. */
    private static final int MOST = 16 * 1024;

    private ByteBuffer last = NOTHING;

    ByteBuffer of(byte[] b, int off, int len) {
        if (b.length > MOST) {
            return ByteBuffer.wrap(b, off, len);
        }
        ByteBuffer known = last;
        if (known.array() != b) {
            known = ByteBuffer.wrap(b);
            last = known;
        }
        return known.clear().position(off).limit(off + len);
    }

    /** Lets go of the array. */
    void forget() {
        last = NOTHING;
    }
}
