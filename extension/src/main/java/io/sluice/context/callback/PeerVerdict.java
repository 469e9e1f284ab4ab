package io.sluice.context.callback;

/**
 * The result of verifying a peer's certificate.
 *
 * @param result the result
 * @param reason why, in words for a log
 */
public record PeerVerdict(Result result, String reason) {

    /** The name under which a context's trust stores its verdict in the handshake's session. */
    public static final String NOTE = "io.sluice.peer-verdict";

    /** The kinds of result. More may be added, so a {@code switch} needs a default. */
    public enum Result {
        /** The trust manager of a configured context accepted it; the reason says whether the host was checked. */
        VERIFIED,
        /** The context's {@link VerifyCallback} accepted it against the trust manager's objection, which the reason gives. */
        ACCEPTED_BY_CALLBACK,
        /** Nothing was checked: the context trusts every peer ({@code trust-all}). */
        NOT_CHECKED,
        /**
         * Trust that Sluice did not make accepted it (a given context or engine, or the JDK's default context), or it was accepted in an
         * earlier handshake whose session was resumed.
         */
        ACCEPTED_BY_ENGINE,
        /** The peer was not asked for a certificate. */
        NOT_ASKED,
        /** The peer was asked for a certificate, was allowed to omit it, and sent none. */
        NOT_SENT
    }
}
