package io.sluice.stream;

/** Skips in blocks: a block that fails is skipped not at all. */
final class Skipping {

    private Skipping() {}

    /** Skips so many at most, fewer at the end of the stream. */
    interface Block {
        int skip(int most) throws SocketStreamException;
    }

    /** How many were skipped: fewer at the end, or where a block fails that is not the first. */
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
