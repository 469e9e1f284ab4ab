package io.sluice.stream;

import java.nio.ByteBuffer;

/**
 * Bytes that came from the peer and were not read. They precede the transport's bytes. A read that fails puts back here what it had
 * read. Not thread-safe: used by the reading thread.
 */
final class ReceivedBytes {

    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    /** The number of bytes requested from the transport at once. A larger buffer is released when it is empty. */
    private static final int FETCH = 2048;

    /** The bytes lie between position and limit. */
    private ByteBuffer buffer = NONE;

    int size() {
        return buffer.remaining();
    }

    /** Takes the available bytes, and returns their number, which may be 0. */
    int take(byte[] bytes, int offset, int length) {
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        shrinkIfEmpty();
        return count;
    }

    /** The same for a buffer. */
    int take(ByteBuffer target) {
        int count = Math.min(target.remaining(), buffer.remaining());
        target.put(target.position(), buffer, buffer.position(), count).position(target.position() + count);
        skip(count);
        return count;
    }

    void skip(int count) {
        buffer.position(buffer.position() + count);
        shrinkIfEmpty();
    }

    ByteBuffer takeAll() {
        ByteBuffer all = buffer;
        buffer = NONE;
        return all;
    }

    /** Gives these bytes, without copying them. There were none. */
    void hold(ByteBuffer bytes) {
        buffer = bytes;
    }

    /** Puts bytes in front of the others. */
    void putBack(byte[] bytes, int offset, int length) {
        if (length == 0) {
            return;
        }
        if (length > buffer.position()) {
            int rest = buffer.remaining();
            ByteBuffer larger = ByteBuffer.allocate(Math.max(FETCH, length + rest));
            larger.position(larger.capacity() - rest).put(buffer).position(larger.capacity() - rest);
            buffer = larger;
        }
        buffer.position(buffer.position() - length).put(buffer.position(), bytes, offset, length);
    }

    /** Waits for further bytes. Returns false at the end of the stream. */
    boolean receive(StreamConnection connection) throws SocketStreamException {
        makeRoom();
        int end = buffer.limit();
        int count = connection.receive(buffer.array(), end, buffer.capacity() - end);
        buffer.limit(end + Math.max(count, 0));
        return count >= 0;
    }

    /** Returns all the bytes. Moving the position takes the bytes before it. */
    ByteBuffer bytes() {
        return buffer;
    }

    private void makeRoom() {
        if (buffer.capacity() == 0) {
            buffer = ByteBuffer.allocate(FETCH).limit(0);
        } else if (buffer.limit() == buffer.capacity()) {
            boolean crowded = buffer.position() < buffer.capacity() / 2;
            ByteBuffer roomy =
                    crowded ? ByteBuffer.allocate(2 * buffer.capacity()).put(buffer) : buffer.compact();
            buffer = roomy.flip();
        }
    }

    private void shrinkIfEmpty() {
        if (!buffer.hasRemaining()) {
            buffer = buffer.capacity() > FETCH ? NONE : buffer.position(0).limit(0);
        }
    }
}
