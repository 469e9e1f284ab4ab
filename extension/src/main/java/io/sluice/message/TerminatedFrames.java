package io.sluice.message;

import java.nio.ByteBuffer;

/** A payload and a terminator, which the payload does not contain. */
final class TerminatedFrames extends PayloadFrames {

    private static final int CR = '\r';

    private final byte[] terminator;
    private final byte[] sent;
    /** Whether a CR before the terminator belongs to it. */
    private final boolean dropsCr;

    private TerminatedFrames(byte[] terminator, byte[] sent, boolean dropsCr) {
        this.terminator = terminator;
        this.sent = sent;
        this.dropsCr = dropsCr;
    }

    static TerminatedFrames by(byte... terminator) {
        if (terminator.length == 0) {
            throw new IllegalArgumentException("a terminator has at least one byte");
        }
        return new TerminatedFrames(terminator.clone(), terminator.clone(), false);
    }

    static TerminatedFrames lines(byte... sent) {
        return new TerminatedFrames(new byte[] {'\n'}, sent, true);
    }

    @Override
    public long frameLength(ByteBuffer received, int examined) {
        int last = received.remaining() - terminator.length;
        for (int i = Math.max(0, examined - terminator.length + 1); i <= last; i++) {
            if (isTerminator(received, i)) {
                return (long) i + terminator.length;
            }
        }
        return needs(0);
    }

    private static long needs(int more) {
        return FrameCodec.needs(more);
    }

    private boolean isTerminator(ByteBuffer bytes, int from) {
        for (int k = 0; k < terminator.length; k++) {
            if (bytes.get(bytes.position() + from + k) != terminator[k]) {
                return false;
            }
        }
        return true;
    }

    @Override
    ByteBuffer payload(ByteBuffer frame) {
        int end = frame.remaining() - terminator.length;
        boolean cr = dropsCr && end > 0 && at(frame, end - 1) == CR;
        return part(frame, 0, cr ? end - 1 : end);
    }

    @Override
    public ByteBuffer[] encode(ByteBuffer message) throws FrameException {
        for (int i = 0; i < message.remaining(); i++) {
            if (endsEarly(message, i) || dropsCr && at(message, i) == CR) {
                throw new FrameException("the message contains the end of a frame at byte " + i
                        + ", so the peer would take it for two messages");
            }
        }
        return new ByteBuffer[] {message.duplicate(), ByteBuffer.wrap(sent)};
    }

    /** Whether a terminator begins in the message, although it may end in the one that follows. */
    private boolean endsEarly(ByteBuffer message, int from) {
        for (int k = 0; k < terminator.length; k++) {
            int index = from + k;
            int next = index < message.remaining() ? at(message, index) : sent[index - message.remaining()] & 0xff;
            if (next != (terminator[k] & 0xff)) {
                return false;
            }
        }
        return true;
    }
}
