package io.sluice.internal.caller;

import io.sluice.internal.settings.Sha256;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The SHA-256 hash of a public key (SubjectPublicKeyInfo), as {@code sha256/} and base64. */
final class KeyHash {

    private static final String PREFIX = "sha256/";
    private static final int LENGTH = 32;

    /** {@code sha256//} is curl's form. */
    private static final Pattern FORM = Pattern.compile("(?i:sha256)(?://?|:)(.+)");

    private static final String REMEDY =
            "Write sha256/ and the 44 characters of base64, or sha256: and 64 hexadecimal digits."
                    + " The message about a refused client shows the hash of its key";

    private KeyHash() {}

    static String of(X509Certificate certificate) {
        return text(Sha256.digest().digest(certificate.getPublicKey().getEncoded()));
    }

    private static String text(byte[] hash) {
        return PREFIX + Base64.getEncoder().encodeToString(hash);
    }

    /** Reads what is configured, in the form that {@link #of} returns. */
    static String parse(String text) throws InvalidPatternException {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new InvalidPatternException("'" + text + "' is not the hash of a key", REMEDY);
        }
        byte[] hash = decode(form.group(1));
        if (hash.length != LENGTH) {
            throw new InvalidPatternException("'" + text + "' is not a hash of " + LENGTH + " bytes", REMEDY);
        }
        return text(hash);
    }

    private static byte[] decode(String digits) {
        String hex = digits.replace(":", "");
        try {
            return hex.length() == 2 * LENGTH
                    ? HexFormat.of().parseHex(hex)
                    : Base64.getDecoder().decode(digits);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
