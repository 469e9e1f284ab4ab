package io.sluice.context.callback;

import io.sluice.context.SslContextSpecifier;

/**
 * Chooses a server's key by the name that the client asks for (SNI, RFC 6066).
 *
 * <p>A bean of this type qualified with {@code @SslContext("name")} is asked in each full handshake in which the context
 * {@code name} serves, on the thread that does the handshake. It must be safe for use by several threads. It chooses the key and
 * its certificates alone: protocols, cipher suites, trust and client authentication stay those of the context, for JSSE has
 * settled them by then. An engine that the application gives ({@link SslContextSpecifier#of(javax.net.ssl.SSLEngine)}) has keys
 * of its own.
 */
@FunctionalInterface
public interface ClientHelloCallback {

    /**
     * Chooses a key.
     *
     * @param hello what the client asks for
     * @return the choice. Null is an error, told with the bean's name, as is whatever this method throws
     */
    KeyChoice choose(ClientHello hello);
}
