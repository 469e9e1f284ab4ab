package io.sluice.context.callback;

import io.sluice.context.SslSide;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * What a {@link VerifyCallback} decides about.
 *
 * @param context the context's name
 * @param side this side of the handshake: {@code CLIENT} where a server's certificate is verified, {@code SERVER} where a
 *     client's is
 * @param host on the client side the name that the server was asked for, else the peer's address; empty if the engine was made
 *     without
 * @param chain the certificates as the peer sent them, its own first; unmodifiable
 * @param objection what the trust manager has against them, the host's name included; empty if it accepts them
 */
public record PeerCertificates(
        String context,
        SslSide side,
        Optional<String> host,
        List<X509Certificate> chain,
        Optional<CertificateException> objection) {

    /**
     * Makes the question; the list is copied.
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
