package io.sluice.stream.transport;

import java.nio.ByteBuffer;

/** The five bytes before each TLS record (RFC 8446, 5.1): type, version, length. */
final class RecordHeader {
    static final int LENGTH = 5;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;

    /** A TLS 1.2 ciphertext may be this long (RFC 5246, 6.2.3); TLS 1.3 allows less. */
    static final int MAX_FRAGMENT = 16_384 + 2_048;

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

    /** A fatal alert in a clear TLS 1.0 record, which every peer understands before it has keys. */
    static byte[] clearAlert(int description) {
        return new byte[] {ALERT, 3, 1, 0, 2, 2, (byte) description};
    }

    /** The description of an alert in the clear: only that one is two bytes long. -1 if the record is something else. */
    static int plainAlert(ByteBuffer at) {
        return type(at) == ALERT && fragmentLength(at) == 2 ? at.get(at.position() + LENGTH + 1) & 0xff : -1;
    }
}
