package io.sluice.server;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/**
 * Answers an authority's tls-alpn-01 challenges (RFC 8737) on the TLS ports of this application. Injected without a qualifier. Thread-safe.
 *
 * <p>While a challenge is open, every TLS server of the application, endpoints included, reads a client's first message before it chooses
 * a key. If the client offers {@code acme-tls/1} as its only application protocol and requests the name of an open challenge, the
 * handshake presents the challenge's certificate and requests none from the client. Then the connection ends. No handler runs, no event is
 * fired, and the connection does not count for {@code max-connections}. All other clients are served as usual. While no challenge is open,
 * servers read nothing in advance.
 *
 * <p>The first message of a client must arrive before the handshake's deadline. A full server accepts up to {@code backlog} more clients,
 * to find the authority among them; the others wait, or are refused, as usual. A server that passes on sockets ({@link
 * SocketServers#startUp(ServerSettings, ConnectionHandler)}) does not answer challenges, and neither does a stream that the application
 * creates itself.
 */
public interface TlsAlpnChallenges {

    /**
     * Opens a challenge. It answers until it is closed, but for no longer than an hour. It answers as often as it is asked, because
     * authorities validate from several places.
     *
     * @param identifier the domain name or IP address to validate. A name may be in Unicode and in any case; it has no wildcard, because
     *     this kind of challenge cannot validate one
     * @param certificate the challenge's certificate: only this name or address, and the critical extension acmeIdentifier with the digest
     *     of the key authorization (RFC 8737, 3)
     * @param key the certificate's private key
     * @return the challenge, which the caller closes when the authority has validated it
     * @throws IllegalArgumentException if the identifier is invalid, the certificate is not one for this challenge, or the key does not
     *     belong to it
     * @throws IllegalStateException if a challenge for this identifier is already open, or the container has stopped
     */
    Challenge open(String identifier, X509Certificate certificate, PrivateKey key);

    /** An open challenge. Thread-safe. */
    interface Challenge extends AutoCloseable {

        /**
         * Returns the name that clients request for this challenge.
         *
         * @return the domain in lower case and in ASCII; for an IP address, the name of its reverse mapping (RFC 8738, 6)
         */
        String serverName();

        /**
         * Counts the handshakes that have completed with the challenge's certificate.
         *
         * @return their number so far
         */
        long answers();

        /** Ends the challenge. Handshakes that have begun may still complete. Further calls do nothing. */
        @Override
        void close();
    }
}
