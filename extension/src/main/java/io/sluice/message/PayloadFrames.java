package io.sluice.message;

import java.nio.ByteBuffer;

/** Frames around a payload of any bytes. The payload is copied once. */
abstract class PayloadFrames implements FrameCodec<ByteBuffer> {

    /** Returns a view of the payload. */
    abstract ByteBuffer payload(ByteBuffer frame) throws FrameException;

    @Override
    public final ByteBuffer decode(ByteBuffer frame) throws FrameException {
        return ByteBuffer.wrap(copy(payload(frame)));
    }

    static byte[] copy(ByteBuffer view) {
        byte[] bytes = new byte[view.remaining()];
        view.get(view.position(), bytes);
        return bytes;
    }

    /** A part of a frame, counted from its beginning. */
    static ByteBuffer part(ByteBuffer frame, int from, int to) {
        return frame.slice(frame.position() + from, to - from);
    }

    static int at(ByteBuffer bytes, int index) {
        return bytes.get(bytes.position() + index) & 0xff;
    }

    static String hex(int value) {
        return "0x" + String.format("%02X", value);
    }
}
