package io.sluice.context.callback;

/**
 * What came of verifying a peer's certificate.
 *
 * @param result the result
 * @param reason why, in words for a log
 */
public record PeerVerdict(Result result, String reason) {

    /** Under this name a context's trust leaves its verdict with the handshake's session. */
    public static final String NOTE = "io.sluice.peer-verdict";

    /** What came of it. Results may be added: give a {@code switch} a default. */
    public enum Result {
        /** The trust manager of a configured context found nothing against it; the reason tells whether the host was checked. */
        VERIFIED,
        /** The context's {@link VerifyCallback} accepted it against the trust manager's objection, which the reason tells. */
        ACCEPTED_BY_CALLBACK,
        /** Nothing was checked: the context trusts everybody ({@code trust-all}). */
        NOT_CHECKED,
        /**
         * It passed trust that is none of Sluice's making (a given context or engine, the JDK's default context), or passed in
         * an earlier handshake whose session was resumed.
         */
        ACCEPTED_BY_ENGINE,
        /** The peer was not asked for a certificate. */
        NOT_ASKED,
        /** The peer was asked, need not send one, and sent none. */
        NOT_SENT
    }
}
