package io.sluice.internal.transport;

import io.sluice.internal.tls.Buffers;

/** The buffers that transports share with those who receive from them. */
public final class TransportBuffers {

    private TransportBuffers() {}

    /** {@return buffers with an array, for decrypted bytes} */
    public static Buffers heap() {
        return BufferPool.HEAP;
    }
}
