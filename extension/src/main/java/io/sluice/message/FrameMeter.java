package io.sluice.message;

import io.sluice.internal.Internal;
import java.nio.ByteBuffer;

/**
 * Finds the length of the frame at the beginning of what has been received, and compares it with the limit. It asks the codec only if new
 * bytes can make a difference. Not thread-safe: it belongs to one connection.
 *
 * @param <M> the type of the messages
 * @hidden
 */
@Internal
public final class FrameMeter<M> {

    private final FrameCodec<M> codec;
    private final int maxFrame;
    private int examined;
    /** The least number of bytes with which the codec can tell more. */
    private long needed;

    /**
     * A meter before the first frame.
     *
     * @param codec finds the lengths
     * @param maxFrame the largest frame in bytes
     */
    public FrameMeter(FrameCodec<M> codec, int maxFrame) {
        this.codec = codec;
        this.maxFrame = maxFrame;
    }

    /**
     * Moves the position behind the bytes that lie before a frame. It does nothing once a frame has begun.
     *
     * @param received the bytes that have arrived
     */
    public void skip(ByteBuffer received) {
        if (examined == 0 && received.hasRemaining()) {
            int between = codec.skip(received);
            if (between < 0 || between > received.remaining()) {
                throw new IllegalStateException(codec.getClass().getName() + " skips " + between + " bytes of "
                        + received.remaining() + ". Correct its skip");
            }
            received.position(received.position() + between);
        }
    }

    /**
     * Returns the length of the frame. It may have arrived only in part.
     *
     * @param received the bytes of the frame and those after it; at least one
     * @return the length; 0 if it is not known yet
     * @throws FrameTooLongException if the frame is longer than the limit
     * @throws FrameException if the bytes are no frame
     */
    public int lengthOf(ByteBuffer received) throws FrameException {
        int arrived = received.remaining();
        if (arrived < needed) {
            return 0;
        }
        long length = codec.frameLength(received, examined);
        if (length <= 0) {
            await(arrived, -length);
            return 0;
        }
        if (length > maxFrame) {
            throw new FrameTooLongException("a frame has " + length + " bytes, more than the limit of " + maxFrame);
        }
        return (int) length;
    }

    private void await(int arrived, long least) throws FrameException {
        if (least != 0 && least <= arrived) {
            throw new IllegalStateException(codec.getClass().getName() + " needs " + least
                    + " bytes to tell the length of a frame, and does not tell it with " + arrived
                    + ". Correct its frameLength");
        }
        if (arrived >= maxFrame || least > maxFrame) {
            throw new FrameTooLongException(
                    "a frame has more than " + Math.max(arrived, least - 1) + " bytes, and the limit is " + maxFrame);
        }
        examined = arrived;
        needed = least;
    }

    /** Begins the next frame. */
    public void reset() {
        examined = 0;
        needed = 0;
    }
}
