package io.sluice.internal.pem;

import java.nio.ByteBuffer;

/** The key stores that begin with a number of their own. */
final class StoreMagic {

    private static final int JKS = 0xfeedfeed;
    private static final int JCEKS = 0xcececece;

    private StoreMagic() {}

    /** The type, or nothing for other bytes. */
    static String type(byte[] bytes) {
        if (bytes.length < 4) {
            return "";
        }
        return switch (ByteBuffer.wrap(bytes).getInt()) {
            case JKS -> "JKS";
            case JCEKS -> "JCEKS";
            default -> "";
        };
    }
}
