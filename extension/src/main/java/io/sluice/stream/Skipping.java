package io.sluice.stream;

/** Skips in blocks. A block that fails is put back as a whole. */
final class Skipping {

    private Skipping() {}

    /** Skips at most this number, and fewer only at the end of the stream. */
    interface Block {
        int skip(int most) throws SocketStreamException;
    }

    /** Returns the number skipped, which is smaller at the end of the stream, or if a block after the first one fails. */
    static long skip(long count, int blockSize, Block block) throws SocketStreamException {
        long skipped = 0;
        while (skipped < count) {
            int most = (int) Math.min(count - skipped, blockSize);
            int now;
            try {
                now = block.skip(most);
            } catch (SocketStreamException e) {
                if (skipped == 0) {
                    throw e;
                }
                return skipped;
            }
            skipped += now;
            if (now < most) {
                return skipped;
            }
        }
        return skipped;
    }
}
