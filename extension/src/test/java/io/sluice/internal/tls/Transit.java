package io.sluice.internal.tls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes on their way from one side to the other. */
final class Transit {
    private byte[] bytes = {};
    private int from;
    private boolean ended;
    private long sent;

    void send(ByteBuffer source) {
        byte[] more = new byte[source.remaining()];
        source.get(more);
        sent += more.length;
        if (!ended) {
            inject(more);
        }
    }

    /** Adds bytes that do not come from a core. */
    void inject(byte... more) {
        int length = length();
        byte[] all = Arrays.copyOfRange(bytes, from, from + length + more.length);
        System.arraycopy(more, 0, all, length, more.length);
        bytes = all;
        from = 0;
    }

    /** Puts back what has arrived and was not used. */
    void putBack(byte[] first) {
        byte[] all = Arrays.copyOf(first, first.length + length());
        System.arraycopy(bytes, from, all, first.length, length());
        bytes = all;
        from = 0;
    }

    /** Some of the bytes arrive, as many as there is room for. */
    void arrive(ByteBuffer room, int most) {
        int n = Math.min(Math.min(most, length()), room.remaining());
        room.put(bytes, from, n);
        from += n;
    }

    byte[] take(int n) {
        byte[] taken = Arrays.copyOfRange(bytes, from, from + n);
        from += n;
        return taken;
    }

    /** Nothing follows, and the last {@code lost} bytes never arrive. */
    void end(int lost) {
        ended = true;
        bytes = Arrays.copyOf(bytes, Math.max(from, bytes.length - lost));
    }

    /** Changes the last byte. */
    void tamper() {
        bytes[bytes.length - 1] ^= 1;
    }

    int length() {
        return bytes.length - from;
    }

    boolean ended() {
        return ended;
    }

    /** How many bytes a core has sent. */
    long sent() {
        return sent;
    }
}
