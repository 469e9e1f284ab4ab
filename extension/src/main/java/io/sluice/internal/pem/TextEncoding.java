package io.sluice.internal.pem;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decodes a text file: UTF-8 or UTF-16, with or without a byte order mark. Windows tools write each of these. */
final class TextEncoding {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextEncoding() {}

    /** The text. Bytes that are not text become replacement characters. */
    static String decode(byte[] bytes) {
        String text = new String(bytes, charset(bytes));
        return text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
    }

    private static Charset charset(byte[] bytes) {
        if (startsWith(bytes, 0xff, 0xfe)) {
            return StandardCharsets.UTF_16LE;
        }
        if (startsWith(bytes, 0xfe, 0xff)) {
            return StandardCharsets.UTF_16BE;
        }
        if (isAscii(bytes, 0)) {
            return StandardCharsets.UTF_16LE;
        }
        return isAscii(bytes, 1) ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
    }

    private static boolean startsWith(byte[] bytes, int first, int second) {
        return bytes.length >= 2 && (bytes[0] & 0xff) == first && (bytes[1] & 0xff) == second;
    }

    /** Whether a text of UTF-16 begins with ASCII, whose low bytes stand at an offset of 0 or 1. */
    private static boolean isAscii(byte[] bytes, int low) {
        byte[] first = Arrays.copyOf(bytes, Math.min(bytes.length, 8));
        for (int i = 0; i + 1 < first.length; i += 2) {
            if (first[i + low] <= 0 || first[i + 1 - low] != 0) {
                return false;
            }
        }
        return first.length >= 2;
    }
}
