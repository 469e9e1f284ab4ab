package io.sluice.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A length in decimal digits, a space, and the payload (RFC 5425, section 4.3; RFC 6587, section 3.4.1). */
final class OctetCountedFrames extends PayloadFrames {

    private static final int MOST_DIGITS = 10;

    @Override
    public long frameLength(ByteBuffer received, int examined) throws FrameException {
        long length = 0;
        for (int i = 0; i < received.remaining(); i++) {
            int next = at(received, i);
            if (next == ' ' && i > 0) {
                return length + i + 1;
            }
            if (next < (i == 0 ? '1' : '0') || next > '9') {
                throw new FrameException("byte " + hex(next) + " at position " + i
                        + " does not belong to a length: digits without a leading zero, then a space");
            }
            if (i == MOST_DIGITS) {
                throw new FrameException("the length has more than " + MOST_DIGITS + " digits");
            }
            length = 10 * length + next - '0';
        }
        return FrameCodec.needs(0);
    }

    @Override
    ByteBuffer payload(ByteBuffer frame) {
        int space = 1;
        while (at(frame, space) != ' ') {
            space++;
        }
        return part(frame, space + 1, frame.remaining());
    }

    @Override
    public ByteBuffer[] encode(ByteBuffer message) throws FrameException {
        if (!message.hasRemaining()) {
            throw new FrameException("the message is empty, and a length cannot be zero");
        }
        byte[] length = (message.remaining() + " ").getBytes(StandardCharsets.US_ASCII);
        return new ByteBuffer[] {ByteBuffer.wrap(length), message.duplicate()};
    }
}
