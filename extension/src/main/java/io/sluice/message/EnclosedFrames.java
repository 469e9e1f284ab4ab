package io.sluice.message;

import io.sluice.stream.SocketStreamException;
import java.nio.ByteBuffer;

/** A start byte, a payload, and an end, whose first byte the payload does not contain. */
final class EnclosedFrames extends PayloadFrames {

    private static final byte STX = 0x02;
    private static final byte ETX = 0x03;
    private static final byte NAK = 0x15;
    private static final byte VT = 0x0B;
    private static final byte FS = 0x1C;
    private static final byte CR = 0x0D;
    private static final byte LF = 0x0A;

    private final byte start;
    private final byte[] end;
    /** Whether CR and LF may precede the start. */
    private final boolean skipsLineEnds;

    private final byte[] refusal;

    private EnclosedFrames(byte start, byte[] end, boolean skipsLineEnds, byte... refusal) {
        this.start = start;
        this.end = end;
        this.skipsLineEnds = skipsLineEnds;
        this.refusal = refusal;
    }

    /** A NAK refuses a frame. */
    static EnclosedFrames stxEtx() {
        return new EnclosedFrames(STX, new byte[] {ETX}, false, NAK);
    }

    /** The minimal lower layer protocol of HL7 (Implementation Guide for HL7 2, appendix C). Some senders add line ends between blocks. */
    static EnclosedFrames mllp() {
        return new EnclosedFrames(VT, new byte[] {FS, CR}, true);
    }

    @Override
    public long frameLength(ByteBuffer received, int examined) throws FrameException {
        if (received.get(received.position()) != start) {
            throw new FrameException(
                    "a frame begins with byte " + hex(start & 0xff) + ", and not with " + hex(at(received, 0)));
        }
        for (int i = Math.max(1, examined - 1); i < received.remaining(); i++) {
            byte next = received.get(received.position() + i);
            if (next == start) {
                throw new FrameException("a frame begins inside another one, at byte " + i);
            }
            if (next == end[0]) {
                return ended(received, i);
            }
        }
        return FrameCodec.needs(0);
    }

    @Override
    public int skip(ByteBuffer received) {
        int i = 0;
        while (skipsLineEnds && i < received.remaining() && isLineEnd(received.get(received.position() + i))) {
            i++;
        }
        return i;
    }

    private static boolean isLineEnd(byte next) {
        return next == CR || next == LF;
    }

    private long ended(ByteBuffer received, int at) throws FrameException {
        for (int k = 1; k < end.length; k++) {
            if (at + k == received.remaining()) {
                return FrameCodec.needs((long) at + end.length);
            }
            byte next = received.get(received.position() + at + k);
            if (next != end[k]) {
                throw new FrameException("byte " + hex(end[k] & 0xff) + " must follow " + hex(end[0] & 0xff)
                        + " at the end of a frame, and not " + hex(next & 0xff));
            }
        }
        return (long) at + end.length;
    }

    @Override
    ByteBuffer payload(ByteBuffer frame) {
        return part(frame, 1, frame.remaining() - end.length);
    }

    @Override
    public ByteBuffer[] encode(ByteBuffer message) throws FrameException {
        for (int i = message.position(); i < message.limit(); i++) {
            if (message.get(i) == start || message.get(i) == end[0]) {
                throw new FrameException("the message contains byte " + hex(message.get(i) & 0xff)
                        + ", with which a frame begins or ends");
            }
        }
        return new ByteBuffer[] {ByteBuffer.wrap(new byte[] {start}), message.duplicate(), ByteBuffer.wrap(end.clone())
        };
    }

    @Override
    public ByteBuffer[] lastReply(SocketStreamException condition) {
        return refusal.length == 0 ? new ByteBuffer[0] : new ByteBuffer[] {ByteBuffer.wrap(refusal.clone())};
    }
}
