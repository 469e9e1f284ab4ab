package io.sluice.internal.settings;

import java.util.Optional;

/**
 * The check for revoked certificates of peers.
 *
 * @param kind the kind of check
 * @param lists the locations of revocation lists; empty if none is configured
 * @param softFail whether a certificate is accepted if its status cannot be determined
 * @param onlyEndEntity whether only the peer's own certificate is checked, and not those of its authorities
 */
public record RevocationSettings(Kind kind, Optional<Setting> lists, boolean softFail, boolean onlyEndEntity) {

    /** No check. */
    public static final RevocationSettings NONE = new RevocationSettings(Kind.NONE, Optional.empty(), false, false);

    /** The kind of check. */
    public enum Kind {
        /** No check. */
        NONE,
        /** The configured lists (RFC 5280, 5). */
        CRL,
        /** The responder that the certificate names (RFC 6960), or the configured lists if it does not answer. */
        OCSP
    }
}
