package io.sluice.context.callback;

/**
 * Chooses the certificate that a client shows when the server asks for one (RFC 8446, 4.3.2; RFC 5246, 7.4.4).
 *
 * <p>A bean of this type qualified with {@code @SslContext("name")} is asked in each full handshake in which the context
 * {@code name} is the client and the server wants a certificate, on the thread that does the handshake. It must be safe for use
 * by several threads.
 */
@FunctionalInterface
public interface CertificateRequestCallback {

    /**
     * Chooses a key.
     *
     * @param request what the server takes
     * @return the choice. Null is an error, told with the bean's name, as is whatever this method throws
     */
    KeyChoice choose(CertificateRequest request);
}
