package io.sluice.internal.cli.devcert;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.util.IPAddress;

/**
 * A name in a certificate.
 *
 * @param text the name as people write it
 * @param kind the type of the name in the certificate
 */
public record AlternativeName(String text, Kind kind) {

    /** The types of names. */
    public enum Kind {
        /** A host. */
        HOST(GeneralName.dNSName),
        /** An IP address. */
        ADDRESS(GeneralName.iPAddress);

        private final int tag;

        Kind(int tag) {
            this.tag = tag;
        }
    }

    private static final int LONGEST_HOST = 253;
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern HOST = Pattern.compile("(\\*\\.)?" + LABEL + "(\\." + LABEL + ")*");

    /** The longest common name (RFC 5280, appendix A). */
    private static final int LONGEST_SUBJECT = 64;

    /**
     * Reads a name.
     *
     * @param text a host name, which may begin with {@code *.}, or an IP address
     * @return the name; empty if it is neither
     */
    public static Optional<AlternativeName> of(String text) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        if (IPAddress.isValid(name)) {
            return Optional.of(new AlternativeName(name, Kind.ADDRESS));
        }
        boolean isHost = name.length() <= LONGEST_HOST && HOST.matcher(name).matches();
        return isHost && !name.matches("[0-9.]+")
                ? Optional.of(new AlternativeName(name, Kind.HOST))
                : Optional.empty();
    }

    GeneralName general() {
        return new GeneralName(kind.tag, text);
    }

    /** The name as the subject of a certificate. Nobody reads it, so a long one is cut. */
    String subject() {
        return text.length() <= LONGEST_SUBJECT ? text : text.substring(0, LONGEST_SUBJECT);
    }
}
