package io.sluice.context.callback;

import io.sluice.context.SslContextSpecifier;

/**
 * Chooses a server's key by the name that the client requests (SNI, RFC 6066).
 *
 * <p>A bean of this type qualified with {@code @SslContext("name")} is called in each full handshake in which the context
 * {@code name} serves, on the thread that does the handshake. It must be thread-safe. It chooses only
 * the key and its certificates. Protocols, cipher suites, trust and client authentication remain those of the context, because JSSE has
 * settled them by then. An engine that the application passes ({@link SslContextSpecifier#of(javax.net.ssl.SSLEngine)}) has its own
 * keys.
 */
@FunctionalInterface
public interface ClientHelloCallback {

    /**
     * Chooses a key.
     *
     * @param hello the client's message
     * @return the choice. Null is an error, and so is every exception that this method throws; both are reported with the bean's name
     */
    KeyChoice choose(ClientHello hello);
}
