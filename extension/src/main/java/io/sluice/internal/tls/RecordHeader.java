package io.sluice.internal.tls;

import java.nio.ByteBuffer;

/** The five bytes before each TLS record (RFC 8446, 5.1): type, version, length. Positions of buffers are unchanged. */
public final class RecordHeader {
    /** The length of a header. */
    public static final int LENGTH = 5;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    /** The type of records with handshake messages. */
    public static final int HANDSHAKE = 22;

    static final int APPLICATION_DATA = 23;

    /** A plaintext alert: level and description. */
    static final int ALERT_LENGTH = LENGTH + 2;

    /** The most data of a record (RFC 8446, 5.1). */
    public static final int MAX_PLAINTEXT = 16_384;

    /** The largest TLS 1.2 ciphertext (RFC 5246, 6.2.3). TLS 1.3 allows less. */
    static final int MAX_FRAGMENT = MAX_PLAINTEXT + 2_048;

    private static final int FATAL = 2;

    private RecordHeader() {}

    /** {@return whether a whole header begins at the position} */
    public static boolean complete(ByteBuffer at) {
        return at.remaining() >= LENGTH;
    }

    /** {@return the type of the record at the position} */
    public static int type(ByteBuffer at) {
        return at.get(at.position()) & 0xff;
    }

    /** {@return the announced length of its content} */
    public static int fragmentLength(ByteBuffer at) {
        return at.getShort(at.position() + 3) & 0xffff;
    }

    /** {@return whether its content is longer than any version of TLS allows} */
    public static boolean isOverlong(ByteBuffer at) {
        return complete(at) && fragmentLength(at) > MAX_FRAGMENT;
    }

    /** {@return its length, header included} */
    public static int recordLength(ByteBuffer at) {
        return LENGTH + fragmentLength(at);
    }

    /** {@return whether the first two bytes can begin a record: a known type, and the major version of TLS} */
    public static boolean plausible(ByteBuffer at) {
        int type = type(at);
        return type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION_DATA
                && (at.remaining() < 2 || at.get(at.position() + 1) == 3);
    }

    /** Receives records: the type, and the content, which must not be changed. */
    interface Visitor {
        void record(int type, ByteBuffer fragment);
    }

    /** Passes on each record, up to one that is incomplete. The position is unchanged. */
    static void forEach(ByteBuffer records, Visitor visitor) {
        ByteBuffer at = records.duplicate();
        while (complete(at) && at.remaining() >= recordLength(at)) {
            int next = at.position() + recordLength(at);
            visitor.record(type(at), at.slice(at.position() + LENGTH, fragmentLength(at)));
            at.position(next);
        }
    }

    /** Returns a fatal alert in a plaintext TLS 1.0 record, which every peer understands before it has keys. */
    static byte[] clearAlert(int description) {
        return new byte[] {ALERT, 3, 1, 0, 2, FATAL, (byte) description};
    }

    /** Replaces the description of a fatal internal_error at the end of a buffer that is being filled. */
    static void replaceInternalError(ByteBuffer filled, int description) {
        int end = filled.position();
        int start = end - ALERT_LENGTH;
        if (start >= 0 && plainAlert(filled.duplicate().flip().position(start)) == TlsAlert.INTERNAL_ERROR) {
            filled.put(end - 1, (byte) description);
        }
    }

    /**
     * Returns the description of a plaintext alert that ends the connection. Only a plaintext alert is two bytes long. Returns -1 for other
     * records, and for a warning: if an engine fails because of a warning, this side rejects the peer, and not the other way round.
     */
    static int plainAlert(ByteBuffer at) {
        if (type(at) != ALERT || fragmentLength(at) != 2) {
            return TlsAlert.NONE;
        }
        int level = at.get(at.position() + LENGTH);
        int description = at.get(at.position() + LENGTH + 1) & 0xff;
        return level == FATAL || description == TlsAlert.CLOSE_NOTIFY ? description : TlsAlert.NONE;
    }
}
