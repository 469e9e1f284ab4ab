package io.sluice.internal.tls.hello;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A copy of a client's first message, as long as somebody may have to explain the handshake. At most 16 KiB: nothing is kept of a longer
 * message. Not thread-safe.
 */
public final class HelloCopy {

    private static final byte[] NOTHING = {};

    private byte[] bytes = NOTHING;
    private int length;
    private boolean complete;

    /** Nothing yet. */
    public HelloCopy() {}

    /**
     * Adds the content of a handshake record, unless the message is complete.
     *
     * @param fragment the content; its position is unchanged
     */
    public void add(ByteBuffer fragment) {
        if (complete) {
            return;
        }
        int most = HandshakeMessages.HEADER + HandshakeMessages.MAX_LENGTH;
        int n = Math.min(fragment.remaining(), most - length);
        if (bytes.length - length < n) {
            bytes = Arrays.copyOf(bytes, Math.min(most, Math.max(length + n, 2 * bytes.length)));
        }
        fragment.get(fragment.position(), bytes, length, n);
        length += n;
        int whole = whole();
        if (whole > most) {
            bytes = NOTHING;
            length = 0;
            complete = true;
        } else if (length >= HandshakeMessages.HEADER && length >= whole) {
            length = whole;
            complete = true;
        }
    }

    /** The length of the message with its header, if it is known. */
    private int whole() {
        return length < HandshakeMessages.HEADER
                ? 0
                : HandshakeMessages.HEADER + ((bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | bytes[3] & 0xff);
    }

    /**
     * Returns the message.
     *
     * @return a view of the message with its header; empty until it is complete, and if it was too long
     */
    public ByteBuffer message() {
        return ByteBuffer.wrap(bytes, 0, complete ? length : 0).slice();
    }

    /** {@return whether the message need not be looked for any more} */
    public boolean isComplete() {
        return complete;
    }
}
