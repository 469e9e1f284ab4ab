package io.sluice.internal.transport;

import java.nio.ByteBuffer;

/** The five bytes before each TLS record (RFC 8446, 5.1): type, version, length. */
final class RecordHeader {
    static final int LENGTH = 5;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    /** An alert in the clear: level and description. */
    static final int ALERT_LENGTH = LENGTH + 2;

    /** A TLS 1.2 ciphertext may be this long (RFC 5246, 6.2.3); TLS 1.3 allows less. */
    static final int MAX_FRAGMENT = 16_384 + 2_048;

    private static final int FATAL = 2;

    private RecordHeader() {}

    static boolean complete(ByteBuffer at) {
        return at.remaining() >= LENGTH;
    }

    static int type(ByteBuffer at) {
        return at.get(at.position()) & 0xff;
    }

    static int fragmentLength(ByteBuffer at) {
        return at.getShort(at.position() + 3) & 0xffff;
    }

    static boolean isOverlong(ByteBuffer at) {
        return complete(at) && fragmentLength(at) > MAX_FRAGMENT;
    }

    static int recordLength(ByteBuffer at) {
        return LENGTH + fragmentLength(at);
    }

    /** Whether a header's first two bytes may be those of a record: a known type, and the major version of all of TLS. */
    static boolean plausible(ByteBuffer at) {
        int type = type(at);
        return type >= CHANGE_CIPHER_SPEC
                && type <= APPLICATION_DATA
                && (at.remaining() < 2 || at.get(at.position() + 1) == 3);
    }

    /** A fatal alert in a clear TLS 1.0 record, which every peer understands before it has keys. */
    static byte[] clearAlert(int description) {
        return new byte[] {ALERT, 3, 1, 0, 2, FATAL, (byte) description};
    }

    /** Gives another description to the fatal internal error that lies last in a buffer which is being filled, if it does. */
    static void replaceInternalError(ByteBuffer filled, int description) {
        int end = filled.position();
        int start = end - ALERT_LENGTH;
        if (start >= 0 && plainAlert(filled.duplicate().flip().position(start)) == TlsAlert.INTERNAL_ERROR) {
            filled.put(end - 1, (byte) description);
        }
    }

    /**
     * The description of an alert in the clear that ends the connection: only one in the clear is two bytes long. -1 if the record is
     * something else, or a warning: an engine that fails because of a warning refuses the peer, and not the other way round.
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
