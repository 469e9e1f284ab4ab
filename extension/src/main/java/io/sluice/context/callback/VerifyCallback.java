package io.sluice.context.callback;

import java.security.cert.CertificateException;

/**
 * Makes the final decision about a peer's certificate, after the context's trust manager.
 *
 * <p>A bean of this type qualified with {@code @SslContext("name")} is called once in each full handshake of the context
 * {@code name} in which the peer sends a certificate, on the thread that does the handshake and within its deadline. A session
 * that is resumed (RFC 8446, 2.2; RFC 5077) is not verified again. It must be thread-safe.
 *
 * <p>Careless acceptance against the trust manager's objection makes TLS worthless. Compare the certificate with a known one.
 */
@FunctionalInterface
public interface VerifyCallback {

    /**
     * Decides whether to continue with this peer.
     *
     * @param peer the peer's certificates, and the trust manager's objection to them
     * @return true to continue, even against the trust manager's objection; false to end the handshake
     * @throws CertificateException to end the handshake for a reason, which the condition reports with the bean's name
     */
    boolean accepts(PeerCertificates peer) throws CertificateException;
}
