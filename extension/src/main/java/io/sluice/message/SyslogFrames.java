package io.sluice.message;

import java.nio.ByteBuffer;

/**
 * The frames of syslog over TCP, told apart by the first byte (RFC 6587, section 3.4): a digit begins an octet count, and {@code <} begins a
 * message that LF ends. Octet counting is sent.
 */
final class SyslogFrames extends PayloadFrames {

    private final OctetCountedFrames counted = new OctetCountedFrames();
    private final TerminatedFrames lines = TerminatedFrames.lines((byte) '\n');

    @Override
    public long frameLength(ByteBuffer received, int examined) throws FrameException {
        int first = at(received, 0);
        if (first != '<' && (first < '1' || first > '9')) {
            throw new FrameException(
                    "a frame of syslog begins with a digit or with '<', and not with byte " + hex(first));
        }
        return isLine(received) ? lines.frameLength(received, examined) : counted.frameLength(received, examined);
    }

    private static boolean isLine(ByteBuffer frame) {
        return at(frame, 0) == '<';
    }

    @Override
    ByteBuffer payload(ByteBuffer frame) {
        return isLine(frame) ? lines.payload(frame) : counted.payload(frame);
    }

    @Override
    public ByteBuffer[] encode(ByteBuffer message) throws FrameException {
        return counted.encode(message);
    }
}
