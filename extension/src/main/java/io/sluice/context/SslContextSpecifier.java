package io.sluice.context;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** Says what TLS, if any, a connection is given: none, a default, a protocol, something the application made, or a named context. */
public sealed interface SslContextSpecifier
        permits PlaintextSpecifier,
                DefaultSpecifier,
                ProtocolSpecifier,
                GivenContextSpecifier,
                GivenEngineSpecifier,
                NamedSslContext {

    /**
     * No TLS.
     *
     * @return the specifier
     */
    static SslContextSpecifier plain() {
        return PlaintextSpecifier.PLAIN;
    }

    /**
     * The JDK's default context, {@link SSLContext#getDefault()}; or, where a context configurer is given, a context of its
     * own with the JDK's default keys and trust.
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
     * A context that the application made, with parameters that are used as they are on the client side: whether the host's
     * name is checked is for them to say. The server side leaves out host identification, which JSSE does not allow there.
     *
     * @param context an initialised context
     * @param parameters its parameters, copied now
     * @return the specifier
     */
    static SslContextSpecifier of(SSLContext context, SSLParameters parameters) {
        return new GivenContextSpecifier(context, parameters);
    }

    /**
     * Exactly this engine, for one connection.
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
     * Whether there is no TLS.
     *
     * @return true for {@link #plain()} and for a named context that is plain
     */
    default boolean isPlain() {
        return false;
    }

    /**
     * How long a handshake and a close may take.
     *
     * @return as configured for a named context, else the defaults
     */
    default TlsTimeouts timeouts() {
        return TlsTimeouts.DEFAULT;
    }

    /**
     * A fresh engine with its side and every parameter set.
     *
     * @param request the side, the peer and what else the connection asks for
     * @return the engine, its handshake not begun; the caller's
     * @throws SslContextException if the context cannot be loaded, or is to serve and has no usable key
     * @throws IllegalArgumentException if the request asks for what this specifier does not allow; the message names it
     * @throws IllegalStateException if there is no TLS, or the given engine was handed out before
     */
    SSLEngine engine(EngineRequest request) throws SslContextException;
}
