package io.sluice.internal.pem;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The objects of a text or of a DER file as PEM blocks of one form. It does not matter how a text is indented or quoted, which line ends
 * it has, whether they are written {@code \n} as in .env files and Helm charts, or what stands around the blocks. Decoding is for
 * libraries.
 *
 * @param blocks the blocks, in their order
 * @param defect why blocks are missing; empty if none is
 */
public record PemText(List<PemBlock> blocks, String defect) {

    public static final String BEGIN = "-----BEGIN ";
    private static final Pattern BOUNDARY =
            Pattern.compile("-----\\s*(BEGIN|END)\\s+([^-\\s](?:[^-]{0,62}[^-\\s])?)\\s*-----");
    private static final Pattern ESCAPED = Pattern.compile("\\\\+[rnt]");
    private static final String TRUNCATED = "ends within a PEM block: it is truncated";

    public PemText {
        blocks = List.copyOf(blocks);
    }

    /** Of a file: PEM in any encoding of text, or DER. */
    public static PemText of(byte[] bytes) {
        String text = TextEncoding.decode(bytes);
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
}
