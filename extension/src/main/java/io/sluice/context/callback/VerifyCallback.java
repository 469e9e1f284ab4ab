package io.sluice.context.callback;

import java.security.cert.CertificateException;

/**
 * Has the last word on a peer's certificate, after the context's trust manager.
 *
 * <p>A bean of this type qualified with {@code @SslContext("name")} is asked once in each full handshake of the context
 * {@code name} in which the peer sends a certificate, on the thread that does the handshake and within its deadline. A session
 * that is resumed (RFC 8446, 2.2; RFC 5077) is not verified again. It must be safe for use by several threads.
 *
 * <p>Accepting against the trust manager's objection is what makes TLS worthless if done carelessly: compare the certificate with
 * one that is known.
 */
@FunctionalInterface
public interface VerifyCallback {

    /**
     * Whether to go on with this peer.
     *
     * @param peer the peer's certificates, and what the trust manager said of them
     * @return true to go on, also against the trust manager's objection; false to end the handshake
     * @throws CertificateException to end the handshake for a reason, which the condition tells with the bean's name
     */
    boolean accepts(PeerCertificates peer) throws CertificateException;
}
