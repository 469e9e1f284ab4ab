package io.sluice.message;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** A length of 1, 2 or 4 bytes, without a sign, and the payload. */
final class LengthPrefixedFrames extends PayloadFrames {

    private final int bytes;
    /** How many bytes of the length the length counts. */
    private final int counted;

    private final boolean littleEndian;

    private LengthPrefixedFrames(int bytes, int counted, ByteOrder order) {
        if (bytes != 1 && bytes != 2 && bytes != 4) {
            throw new IllegalArgumentException("a length has 1, 2 or 4 bytes, not " + bytes);
        }
        this.bytes = bytes;
        this.counted = counted;
        this.littleEndian = Objects.requireNonNull(order, "order") == ByteOrder.LITTLE_ENDIAN;
    }

    static LengthPrefixedFrames exclusive(int bytes, ByteOrder order) {
        return new LengthPrefixedFrames(bytes, 0, order);
    }

    static LengthPrefixedFrames inclusive(int bytes, ByteOrder order) {
        return new LengthPrefixedFrames(bytes, bytes, order);
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
        if (length < counted) {
            throw new FrameException(
                    "the length " + length + " is less than the " + bytes + " bytes of the length itself");
        }
        return length - counted + bytes;
    }

    @Override
    ByteBuffer payload(ByteBuffer frame) {
        return part(frame, bytes, frame.remaining());
    }

    @Override
    public ByteBuffer[] encode(ByteBuffer message) throws FrameException {
        long length = (long) message.remaining() + counted;
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
