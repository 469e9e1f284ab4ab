package io.sluice.server;

import io.sluice.message.FrameCodec;
import io.sluice.message.FrameException;
import io.sluice.message.FrameMeter;
import io.sluice.stream.Intake;
import io.sluice.stream.SocketStreamException;
import java.nio.ByteBuffer;

/**
 * The bytes that a connection has received and not handled, and the frames in them. A connection that waits holds a buffer only if a frame
 * has begun, with little more room than its bytes need. Not thread-safe: used by the thread that owns the connection at the moment.
 *
 * @param <M> the type of the messages
 */
final class ReceivedFrames<M> {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    /** Room for more of a frame that has begun. */
    private static final int ROOM = 512;

    private final FrameCodec<M> codec;
    private final FrameMeter<M> meter;
    private final int maxFrame;
    private final Intake intake;
    /** The bytes lie between position and limit. */
    private ByteBuffer bytes = NONE;

    private boolean borrowed;
    /** The stream has the bytes, so that the handler can read them. */
    private boolean held;

    private int length;

    ReceivedFrames(FrameCodec<M> codec, int maxFrame, Intake intake) {
        this.codec = codec;
        this.meter = new FrameMeter<>(codec, maxFrame);
        this.maxFrame = maxFrame;
        this.intake = intake;
    }

    /** Receives what has arrived, and returns the number of bytes, 0 if there are none, or -1 at the end of the stream. */
    int receive() throws SocketStreamException {
        makeRoom();
        int start = bytes.position();
        int end = bytes.limit();
        bytes.limit(bytes.capacity()).position(end);
        try {
            return intake.readNow(bytes);
        } finally {
            bytes.limit(bytes.position()).position(start);
        }
    }

    private void makeRoom() {
        if (bytes.capacity() == 0) {
            bytes = Intake.buffers().take(0).limit(0);
            borrowed = true;
        } else if (bytes.limit() == bytes.capacity()) {
            if (bytes.position() >= bytes.capacity() / 2) {
                bytes.compact().flip();
            } else {
                replace(ByteBuffer.allocate(larger()));
            }
        }
    }

    /** Memory grows with what has arrived, not with what a peer announces. */
    private int larger() {
        long doubled = 2L * bytes.capacity();
        return (int) Math.min(Math.max(doubled, ROOM), Math.max(maxFrame, (long) bytes.remaining() + ROOM));
    }

    private void replace(ByteBuffer next) {
        ByteBuffer before = bytes;
        bytes = next.put(before).flip();
        giveBack(before);
        borrowed = false;
    }

    private void giveBack(ByteBuffer buffer) {
        if (borrowed) {
            Intake.buffers().release(buffer);
        }
    }

    /** Whether a whole frame has arrived. */
    boolean isComplete() throws FrameException {
        if (length == 0) {
            meter.skip(bytes);
            if (!bytes.hasRemaining()) {
                return false;
            }
            length = meter.lengthOf(bytes);
        }
        return length > 0 && bytes.remaining() >= length;
    }

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    /** Takes the message of a complete frame. The bytes after it can then be read from the stream. */
    M next() throws FrameException {
        M message = codec.decode(bytes.slice(bytes.position(), length));
        bytes.position(bytes.position() + length);
        meter.reset();
        length = 0;
        held = bytes.hasRemaining();
        if (held) {
            intake.hold(bytes);
        } else {
            release();
        }
        return message;
    }

    /** Takes back what the handler has not read, and what it has read too far. */
    @SuppressWarnings("ReferenceEquality") // The same buffer, not the same content.
    void takeBack() throws SocketStreamException {
        ByteBuffer rest = intake.takeHeld();
        if (rest != bytes && (held || rest.hasRemaining())) {
            release();
            bytes = rest;
        }
        held = false;
    }

    /** Gives back the memory that is not needed while the connection waits. */
    void trim() {
        if (!bytes.hasRemaining()) {
            release();
        } else if (borrowed) {
            replace(ByteBuffer.allocate(bytes.remaining() + Math.min(bytes.remaining(), ROOM)));
        }
    }

    void release() {
        giveBack(bytes);
        bytes = NONE;
        borrowed = false;
    }
}
