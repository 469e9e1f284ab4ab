package io.sluice.internal.pem;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects of a text or a DER file as PEM blocks in normal form. Indentation, quotes, line ends (also written {@code \n}, as in .env
 * files and Helm charts) and text around the blocks do not matter. Libraries decode the blocks.
 *
 * @param blocks the blocks, in their order
 * @param defect why blocks are missing; empty if none are
 */
public record PemText(List<PemBlock> blocks, String defect) {

    public static final String BEGIN = "-----BEGIN ";
    private static final Pattern BOUNDARY =
            Pattern.compile("-----\\s*(BEGIN|END)\\s+([^-\\s](?:[^-]{0,62}[^-\\s])?)\\s*-----");
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern ESCAPED = Pattern.compile("\\\\+[rnt]");
    private static final String TRUNCATED = "ends within a PEM block: it is truncated";

    public PemText {
        blocks = List.copyOf(blocks);
    }

    /** Reads a file: PEM in any text encoding, or DER. */
    public static PemText of(byte[] bytes) {
        String text = decode(bytes);
        return text.contains(BEGIN) ? of(text) : DerBytes.read(bytes);
    }

    public static PemText of(String text) {
        String plain = ESCAPED.matcher(text).replaceAll("\n");
        List<PemBlock> blocks = new ArrayList<>();
        String open = "";
        int start = 0;
        boolean whole = true;
        Matcher boundary = BOUNDARY.matcher(plain);
        while (boundary.find()) {
            String label = boundary.group(2).replaceAll("\\s+", " ");
            if (boundary.group(1).equals("BEGIN")) {
                whole &= open.isEmpty();
                open = label;
                start = boundary.end();
            } else {
                whole &= open.equals(label);
                blocks.add(PemBlock.of(label, plain.substring(start, boundary.start())));
                open = "";
            }
        }
        whole &= open.isEmpty() && !blocks.isEmpty() && plain.split(BEGIN, -1).length - 1 <= blocks.size();
        return whole ? new PemText(blocks, "") : new PemText(List.of(), TRUNCATED);
    }

    /**
     * Decodes UTF-8 or UTF-16, with or without a byte order mark: Windows tools write each of these. Bytes that are not text become
     * replacement characters.
     */
    private static String decode(byte[] bytes) {
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

    /** Whether UTF-16 text begins with ASCII characters, whose low bytes are at offset 0 or 1. */
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
