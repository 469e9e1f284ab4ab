package io.sluice.context;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The TLS of a connection: none, the JDK's default, one protocol, an object that the application made, or a named context. */
public sealed interface SslContextSpecifier
        permits PlaintextSpecifier,
                DefaultSpecifier,
                ProtocolSpecifier,
                GivenContextSpecifier,
                GivenEngineSpecifier,
                NamedSslContext {

    /**
     * Plaintext, without TLS.
     *
     * @return the specifier
     */
    static SslContextSpecifier plain() {
        return PlaintextSpecifier.PLAIN;
    }

    /**
     * The JDK's default context, {@link SSLContext#getDefault()}. If a context configurer is given, it is a new context with the JDK's
     * default keys and trust.
     *
     * @return the specifier
     */
    static SslContextSpecifier defaults() {
        return DefaultSpecifier.DEFAULT;
    }

    /**
     * A context of one protocol, with the JDK's default keys and trust. {@code "TLS"} stands for every version that the JDK
     * enables.
     *
     * @param protocol a protocol version such as {@code "TLSv1.3"}
     * @return the specifier
     * @throws IllegalArgumentException if the JDK does not know the protocol, or has it disabled
     */
    static SslContextSpecifier protocol(String protocol) {
        return new ProtocolSpecifier(protocol);
    }

    /**
     * A context that the application made, with its default parameters; the client side checks the host's name.
     *
     * @param context an initialised context
     * @return the specifier
     */
    static SslContextSpecifier of(SSLContext context) {
        return new GivenContextSpecifier(context);
    }

    /**
     * A context that the application made, with parameters. The client side uses them unchanged, so they decide whether the host's name is
     * checked. The server side omits host identification, because JSSE does not allow it there.
     *
     * @param context an initialised context
     * @param parameters its parameters, copied now
     * @return the specifier
     */
    static SslContextSpecifier of(SSLContext context, SSLParameters parameters) {
        return new GivenContextSpecifier(context, parameters);
    }

    /**
     * One engine, for one connection.
     *
     * @param engine an engine whose handshake has not begun
     * @return the specifier, which gives the engine once
     * @throws IllegalArgumentException if the engine's handshake has begun
     */
    static SslContextSpecifier of(SSLEngine engine) {
        return new GivenEngineSpecifier(engine);
    }

    /**
     * This specifier in the words of a message, such as {@code context 'web'}.
     *
     * @return the words
     */
    String description();

    /**
     * Tests whether this is plaintext.
     *
     * @return true for {@link #plain()} and for a named context that is plain
     */
    default boolean isPlain() {
        return false;
    }

    /**
     * The longest times that a handshake and a close may take.
     *
     * @return as configured for a named context, else the defaults
     */
    default TlsTimeouts timeouts() {
        return TlsTimeouts.DEFAULT;
    }

    /**
     * Makes an engine with its side and every parameter set.
     *
     * @param request the side, the peer and the options of the connection
     * @return a new engine, whose handshake has not begun; it belongs to the caller
     * @throws SslContextException if the context cannot be loaded, or has no usable key for the server side
     * @throws IllegalArgumentException if the request asks for what this specifier does not allow; the message names it
     * @throws IllegalStateException if this is plaintext, or the given engine was used before
     */
    SSLEngine engine(EngineRequest request) throws SslContextException;
}
