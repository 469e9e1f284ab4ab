package io.sluice.internal.settings;

/** What to do with a certificate that has expired when it is read. */
public enum ExpirationPolicy {
    /** Nothing. */
    IGNORE,
    /** A warning. The certificate is used. */
    WARN,
    /** A problem: the deployment or the reload fails. */
    REJECT
}
