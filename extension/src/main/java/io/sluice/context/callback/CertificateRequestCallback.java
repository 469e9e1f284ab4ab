package io.sluice.context.callback;

/**
 * Chooses the certificate that a client presents if the server requests one (RFC 8446, 4.3.2; RFC 5246, 7.4.4).
 *
 * <p>A bean of this type qualified with {@code @SslContext("name")} is called in each full handshake in which the context
 * {@code name} is the client and the server requests a certificate, on the thread that does the handshake. It must be thread-safe.
 */
@FunctionalInterface
public interface CertificateRequestCallback {

    /**
     * Chooses a key.
     *
     * @param request the server's request
     * @return the choice. Null is an error, and so is every exception that this method throws; both are reported with the bean's name
     */
    KeyChoice choose(CertificateRequest request);
}
