package io.sluice.context.callback;

import io.sluice.context.SslSide;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A peer's certificates, for a {@link VerifyCallback} to decide about.
 *
 * @param context the context's name
 * @param side this side of the handshake: {@code CLIENT} if a server's certificate is verified, {@code SERVER} if a
 *     client's is
 * @param host on the client side the requested server name; otherwise the peer's address; empty if the engine was made
 *     without one
 * @param chain the certificates as the peer sent them, its own first; unmodifiable
 * @param objection the trust manager's objection, also to the host's name; empty if it accepts them
 */
public record PeerCertificates(
        String context,
        SslSide side,
        Optional<String> host,
        List<X509Certificate> chain,
        Optional<CertificateException> objection) {

    /**
     * Makes the value; the list is copied.
     *
     * @param context the context's name
     * @param side this side
     * @param host the peer
     * @param chain its certificates
     * @param objection the trust manager's objection
     */
    public PeerCertificates {
        chain = List.copyOf(chain);
    }
}
