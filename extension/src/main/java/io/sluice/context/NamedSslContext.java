package io.sluice.context;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * A context with a name. What it gives is stable: it asks for the current material at each use, so a reload reaches
 * everyone who holds it, and carries every configured parameter. Safe for use by several threads.
 *
 * <p>Material that was not read yet is read at the first use; where that fails, the methods of the JSSE types throw what
 * JSSE lets them throw, with an {@link SslContextException} as the cause.
 */
public non-sealed interface NamedSslContext extends SslContextSpecifier {

    /**
     * The name.
     *
     * @return the name, as {@code @SslContext} gives it
     */
    String name();

    /**
     * A stable view as an {@code SSLContext}. Its engines and factories carry the configured parameters; it cannot be
     * initialised again.
     *
     * @return the same view at each call
     * @throws IllegalStateException if this context is plain
     */
    SSLContext sslContext();

    /**
     * A stable factory of client sockets, which check the host's name as configured.
     *
     * @return the same factory at each call
     * @throws IllegalStateException if this context is plain
     */
    SSLSocketFactory socketFactory();

    /**
     * A stable factory of server sockets, which ask for client certificates as configured. A server socket that is open
     * during a reload uses the new material from the next connection on.
     *
     * @return the same factory at each call
     * @throws IllegalStateException if this context is plain
     */
    SSLServerSocketFactory serverSocketFactory();

    /**
     * The parameters of the client side, host identification included.
     *
     * @return a fresh copy at each call
     * @throws IllegalStateException if this context is plain, or cannot be loaded
     */
    SSLParameters parameters();
}
