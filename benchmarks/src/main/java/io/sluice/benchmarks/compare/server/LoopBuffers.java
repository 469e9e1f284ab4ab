package io.sluice.benchmarks.compare.server;

import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The three buffers of a connection's loop; those of a closed connection are used again. */
final class LoopBuffers {

    /** Room for a few records, so that a write of 64 KiB is one call. */
    private static final int CIPHERTEXT = 5 * 16_709;

    private static final int PLAINTEXT = 16_709;

    private static final ConcurrentLinkedQueue<LoopBuffers> UNUSED = new ConcurrentLinkedQueue<>();

    /** To be read from. */
    final ByteBuffer in = ByteBuffer.allocateDirect(CIPHERTEXT);

    /** To be written to. */
    final ByteBuffer out = ByteBuffer.allocateDirect(CIPHERTEXT);

    /** To be written to. */
    final ByteBuffer plain = ByteBuffer.allocateDirect(PLAINTEXT);

    private LoopBuffers() {}

    static LoopBuffers take() {
        LoopBuffers unused = UNUSED.poll();
        LoopBuffers buffers = unused == null ? new LoopBuffers() : unused;
        buffers.in.clear().limit(0);
        buffers.out.clear();
        buffers.plain.clear();
        return buffers;
    }

    void giveBack() {
        UNUSED.add(this);
    }
}
