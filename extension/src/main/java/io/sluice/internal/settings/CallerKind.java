package io.sluice.internal.settings;

import java.util.Locale;

/** The kinds of names in a client's certificate. The first ones identify one caller best. */
public enum CallerKind {
    /** The whole subject, a distinguished name (RFC 2253). */
    SUBJECT,
    /** A URI among the alternative names. */
    URI,
    /** A DNS name among the alternative names. */
    DNS,
    /** A mail address among the alternative names. */
    EMAIL,
    /** The common name of the subject. */
    CN,
    /** The SHA-256 hash of the public key (SubjectPublicKeyInfo, RFC 5280, 4.1). */
    SPKI,
    /** An organizational unit of the subject. */
    OU;

    /**
     * Returns the kind's own key.
     *
     * @return the last part of the property's name, such as {@code dns}
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
