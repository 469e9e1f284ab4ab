package io.sluice.message;

import java.nio.ByteBuffer;

/** Frames of the same length, which are all payload. */
final class FixedFrames extends PayloadFrames {

    private final int length;

    FixedFrames(int length) {
        if (length < 1) {
            throw new IllegalArgumentException("a frame has at least one byte, not " + length);
        }
        this.length = length;
    }

    @Override
    public long frameLength(ByteBuffer received, int examined) {
        return length;
    }

    @Override
    ByteBuffer payload(ByteBuffer frame) {
        return frame;
    }

    @Override
    public ByteBuffer[] encode(ByteBuffer message) throws FrameException {
        if (message.remaining() != length) {
            throw new FrameException("the message has " + message.remaining() + " bytes, and a frame has " + length);
        }
        return new ByteBuffer[] {message.duplicate()};
    }
}
