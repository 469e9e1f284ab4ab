package io.sluice.context;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * A context with a name. Its views are stable: they use the current material at each use, so a reload reaches everyone who holds them. They
 * carry every configured parameter. Thread-safe.
 *
 * <p>Material that has not been read is read at the first use. If that fails, the methods of the JSSE types throw an exception that JSSE
 * permits, with an {@link SslContextException} as the cause.
 */
public non-sealed interface NamedSslContext extends SslContextSpecifier {

    /**
     * The context's name.
     *
     * @return the value of its {@code @SslContext}
     */
    String name();

    /**
     * A stable view as an {@code SSLContext}. Its engines and factories carry the configured parameters; it cannot be
     * initialised again.
     *
     * @return the same view at each call
     * @throws IllegalStateException if this context is plaintext
     */
    SSLContext sslContext();

    /**
     * A stable factory of client sockets, which check the host's name as configured.
     *
     * @return the same factory at each call
     * @throws IllegalStateException if this context is plaintext
     */
    SSLSocketFactory socketFactory();

    /**
     * A stable factory of server sockets, which request client certificates as configured. After a
     * reload, an open server socket uses the new material from its next connection on.
     *
     * @return the same factory at each call
     * @throws IllegalStateException if this context is plaintext
     */
    SSLServerSocketFactory serverSocketFactory();

    /**
     * The parameters of the client side, host identification included.
     *
     * @return a fresh copy at each call
     * @throws IllegalStateException if this context is plaintext, or cannot be loaded
     */
    SSLParameters parameters();
}
