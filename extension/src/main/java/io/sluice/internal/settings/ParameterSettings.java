package io.sluice.internal.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of a context besides its keys and trust. It also applies to an application's own context.
 *
 * @param protocols the protocol versions to enable, a list; empty for the default of the kind of context
 * @param cipherSuites the cipher suites to enable, a list; empty for the provider's
 * @param clientAuth whether the server side asks for the client's certificate; empty for the context's own default
 * @param alpn the application protocols, a list, best first; empty for none
 * @param hostnameVerification the algorithm with which the client side checks the host's name; empty for HTTPS
 * @param handshakeTimeout how long a handshake may take; empty for the default
 * @param closeTimeout how long a close may take; empty for the default
 */
public record ParameterSettings(
        Optional<Setting> protocols,
        Optional<Setting> cipherSuites,
        Optional<ClientAuth> clientAuth,
        Optional<Setting> alpn,
        Optional<Setting> hostnameVerification,
        Optional<Duration> handshakeTimeout,
        Optional<Duration> closeTimeout) {

    /** Nothing configured. */
    public static final ParameterSettings NONE = new ParameterSettings(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * Returns only the protocol versions and the cipher suites.
     *
     * @return what decides whether a key can serve
     */
    public ParameterSettings onlyVersionsAndSuites() {
        return new ParameterSettings(
                protocols,
                cipherSuites,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
