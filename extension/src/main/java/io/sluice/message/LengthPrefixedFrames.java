package io.sluice.message;

import java.nio.ByteBuffer;

/** A length of 1, 2 or 4 bytes, without a sign, and the payload. */
final class LengthPrefixedFrames extends PayloadFrames {

    private final int bytes;
    private final boolean inclusive;
    private final boolean littleEndian;

    LengthPrefixedFrames(int bytes, boolean inclusive, boolean littleEndian) {
        if (bytes != 1 && bytes != 2 && bytes != 4) {
            throw new IllegalArgumentException("a length has 1, 2 or 4 bytes, not " + bytes);
        }
        this.bytes = bytes;
        this.inclusive = inclusive;
        this.littleEndian = littleEndian;
    }

    @Override
    public long frameLength(ByteBuffer received, int examined) throws FrameException {
        if (received.remaining() < bytes) {
            return FrameCodec.needs(bytes);
        }
        long length = 0;
        for (int i = 0; i < bytes; i++) {
            length = length << 8 | at(received, littleEndian ? bytes - 1 - i : i);
        }
        if (!inclusive) {
            return length + bytes;
        }
        if (length < bytes) {
            throw new FrameException(
                    "the length " + length + " is less than the " + bytes + " bytes of the length itself");
        }
        return length;
    }

    @Override
    ByteBuffer payload(ByteBuffer frame) {
        return part(frame, bytes, frame.remaining());
    }

    @Override
    public ByteBuffer[] encode(ByteBuffer message) throws FrameException {
        long length = (long) message.remaining() + (inclusive ? bytes : 0);
        if (length >>> 8 * bytes != 0) {
            throw new FrameException("the length " + length + " does not fit into " + bytes + " bytes");
        }
        ByteBuffer prefix = ByteBuffer.allocate(bytes);
        for (int i = 0; i < bytes; i++) {
            prefix.put(littleEndian ? i : bytes - 1 - i, (byte) (length >>> 8 * i));
        }
        return new ByteBuffer[] {prefix, message.duplicate()};
    }
}
