package io.sluice.internal.pem;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One PEM object (RFC 7468) in normal form, which libraries accept. Its string shows only the label.
 *
 * @param label the type of the object, such as CERTIFICATE
 * @param headers the headers of a key with traditional encryption (RFC 1421), or empty
 * @param body the base64, without white space
 */
public record PemBlock(String label, String headers, String body) {

    private static final int LINE = 64;
    private static final Pattern ENCRYPTED = Pattern.compile("Proc-Type:\\s*4\\s*,\\s*ENCRYPTED");
    private static final Pattern CIPHER =
            Pattern.compile("DEK-Info:\\s*([A-Za-z0-9-]+)\\s*,\\s*([0-9A-Fa-f]{32}|[0-9A-Fa-f]{16})");
    /** White space, invisible characters, quotes, and the backslashes of continued lines. */
    private static final Pattern IGNORED = Pattern.compile("[\\p{javaWhitespace}\\p{Z}\\p{Cf}\"'\\\\]+");

    private static final Pattern HEADER_LINE = Pattern.compile("(?m)^[^:\\r\\n]*:.*$");

    /** Parses the text between the two boundaries. The headers may share a line with the base64. */
    static PemBlock of(String label, String content) {
        Matcher cipher = CIPHER.matcher(content);
        String headers = "";
        if (cipher.find()) {
            headers = "Proc-Type: 4,ENCRYPTED\nDEK-Info: " + cipher.group(1) + "," + cipher.group(2) + "\n\n";
        }
        String rest = ENCRYPTED.matcher(cipher.replaceAll("\n")).replaceAll("\n");
        return new PemBlock(
                label,
                headers,
                IGNORED.matcher(HEADER_LINE.matcher(rest).replaceAll("")).replaceAll(""));
    }

    static PemBlock ofDer(String label, byte[] der) {
        return new PemBlock(label, "", Base64.getEncoder().encodeToString(der));
    }

    /**
     * Returns the object in DER.
     *
     * @throws IllegalArgumentException if the body is not base64
     */
    public byte[] der() {
        return Base64.getDecoder().decode(body);
    }

    /** Returns the block in the form that openssl writes. */
    public String pem() {
        StringBuilder text = new StringBuilder("-----BEGIN " + label + "-----\n" + headers);
        for (int i = 0; i < body.length(); i += LINE) {
            text.append(body, i, Math.min(i + LINE, body.length())).append('\n');
        }
        return text.append("-----END ").append(label).append("-----\n").toString();
    }

    @Override
    public String toString() {
        return label;
    }
}
