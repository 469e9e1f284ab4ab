package io.sluice.internal.tls.hello;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Joins the fragments of handshake messages: a message may continue in the next record, and a record may hold several messages (RFC 8446,
 * 5.1). A message is at most 16 KiB long; nothing is kept of a longer one, or of what follows it. Not thread-safe.
 */
public final class HandshakeMessages {
    /** Far more than a hello needs, even with the large keys of post-quantum key exchange. */
    static final int MAX_LENGTH = 1 << 14;

    /** The type, and three bytes of length (RFC 8446, 4). */
    static final int HEADER = 4;

    private static final int TYPICAL = 512;

    private byte[] bytes = new byte[TYPICAL];
    private int from;
    private int to;
    private boolean tooLong;

    /**
     * Adds a fragment.
     *
     * @param fragment the content of a plaintext record; its position is unchanged
     */
    public void add(ByteBuffer fragment) {
        int n = fragment.remaining();
        if (tooLong) {
            return;
        }
        if (bytes.length - to < n) {
            bytes = Arrays.copyOfRange(bytes, from, from + Math.max(bytes.length, 2 * (to - from + n)));
            to -= from;
            from = 0;
        }
        fragment.get(fragment.position(), bytes, to, n);
        to += n;
        if (length() > HEADER + MAX_LENGTH) {
            tooLong = true;
            bytes = new byte[0];
            from = 0;
            to = 0;
        }
    }

    /** {@return whether a message was too long, so that no further one is found} */
    public boolean isTooLong() {
        return tooLong;
    }

    /** {@return the type of the next message, even if it is incomplete, or -1 if there is none} */
    public int type() {
        return from == to ? -1 : bytes[from] & 0xff;
    }

    /** The length of the next message with its header; 0 if it is not known yet. */
    private int length() {
        if (to - from < HEADER) {
            return 0;
        }
        return HEADER + ((bytes[from + 1] & 0xff) << 16 | (bytes[from + 2] & 0xff) << 8 | bytes[from + 3] & 0xff);
    }

    /**
     * Takes the next message.
     *
     * @return the message with its header; null if it is not complete
     */
    public @Nullable ByteBuffer next() {
        int length = length();
        if (length == 0 || to - from < length) {
            return null;
        }
        ByteBuffer message = ByteBuffer.wrap(bytes, from, length).slice();
        from += length;
        return message;
    }
}
