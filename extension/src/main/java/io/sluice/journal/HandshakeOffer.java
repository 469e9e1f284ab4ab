package io.sluice.journal;

import java.util.List;
import java.util.Optional;

/**
 * What one side of a handshake offers or accepts. Each list has at most 100 names, because a hello may have thousands. Immutable.
 * Implemented by Sluice only, so later versions may add methods.
 */
public interface HandshakeOffer {

    /**
     * Gives the protocol versions.
     *
     * @return their JSSE names, or their numbers; unmodifiable; empty if they are not known
     */
    List<String> versions();

    /**
     * Gives the cipher suites.
     *
     * @return their names, or their numbers; unmodifiable; empty if they are not known
     */
    List<String> cipherSuites();

    /**
     * Gives the groups of the key exchange.
     *
     * @return their names, or their numbers; unmodifiable; empty if they are not known
     */
    List<String> groups();

    /**
     * Gives the signature schemes.
     *
     * @return their names, or their numbers; unmodifiable; empty if they are not known
     */
    List<String> signatureSchemes();

    /**
     * Gives the application protocols (ALPN).
     *
     * @return their names; unmodifiable; empty if there are none, or they are not known
     */
    List<String> applicationProtocols();

    /**
     * Gives the server name that the client requests (SNI).
     *
     * @return the name; empty for the server, if the client requests none or a malformed one, if it is not known, or with {@code
     *     sluice.journal.mask}
     */
    Optional<String> serverName();

    /**
     * Gives the authorities whose certificates the server requests from the client.
     *
     * @return their distinguished names (RFC 2253); unmodifiable; empty for the client, if the server requests none, or if they are not
     *     known
     */
    List<String> issuers();
}
