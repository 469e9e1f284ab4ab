package io.sluice.internal.settings;

import java.util.Optional;

/**
 * How it is found out whether a peer's certificate was revoked.
 *
 * @param kind the way
 * @param lists the locations of revocation lists; empty if none is configured
 */
public record RevocationSettings(Kind kind, Optional<Setting> lists) {

    /** Not at all. */
    public static final RevocationSettings NONE = new RevocationSettings(Kind.NONE, Optional.empty());

    /** The way. */
    public enum Kind {
        /** Not at all. */
        NONE,
        /** By the configured lists (RFC 5280, 5). */
        CRL,
        /** By asking the responder that the certificate names (RFC 6960), and by the configured lists if it does not answer. */
        OCSP
    }
}
