package io.sluice.context;

import io.sluice.internal.Internal;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** What one connection asks of a context. Immutable: each {@code with…} returns a new request. */
public final class EngineRequest {

    private final SslSide side;
    private final String host;
    private final int port;
    private final Optional<String> serverName;
    private final List<String> alpn;
    private final Optional<Consumer<SSLContext>> contextConfigurer;
    private final Optional<Consumer<SSLEngine>> engineConfigurer;

    private EngineRequest(
            SslSide side,
            String host,
            int port,
            Optional<String> serverName,
            List<String> alpn,
            Optional<Consumer<SSLContext>> contextConfigurer,
            Optional<Consumer<SSLEngine>> engineConfigurer) {
        this.side = side;
        this.host = host;
        this.port = port;
        this.serverName = serverName;
        this.alpn = List.copyOf(alpn);
        this.contextConfigurer = contextConfigurer;
        this.engineConfigurer = engineConfigurer;
    }

    /**
     * A request with only its side and peer. Host and port let clients resume sessions and check the peer's name. They are never looked
     * up.
     *
     * @param side the side of the handshake
     * @param host the peer's name or address
     * @param port the peer's port
     * @return the request
     */
    public static EngineRequest of(SslSide side, String host, int port) {
        return new EngineRequest(side, host, port, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /**
     * This request with a server name.
     *
     * @param name the name that the client sends (SNI, RFC 6066) and expects in the certificate instead of the host
     * @return a new request
     */
    public EngineRequest withServerName(String name) {
        return new EngineRequest(side, host, port, Optional.of(name), alpn, contextConfigurer, engineConfigurer);
    }

    /**
     * This request with application protocols (RFC 7301).
     *
     * @param protocols the protocols, best first; empty for those of the context
     * @return a new request
     */
    public EngineRequest withAlpn(List<String> protocols) {
        return new EngineRequest(side, host, port, serverName, protocols, contextConfigurer, engineConfigurer);
    }

    /**
     * This request with a callback on the context that the library makes.
     *
     * @param configurer runs once, before the engine is made
     * @return a new request
     */
    public EngineRequest withContextConfigurer(Consumer<SSLContext> configurer) {
        return new EngineRequest(side, host, port, serverName, alpn, Optional.of(configurer), engineConfigurer);
    }

    /**
     * This request with a callback on the engine.
     *
     * @param configurer runs once, when the side and every parameter of the engine are set
     * @return a new request
     */
    public EngineRequest withEngineConfigurer(Consumer<SSLEngine> configurer) {
        return new EngineRequest(side, host, port, serverName, alpn, contextConfigurer, Optional.of(configurer));
    }

    /**
     * Rejects a context configurer, for a specifier that makes no context.
     *
     * @param description the specifier, as it describes itself
     * @hidden
     */
    @Internal
    public void refuseContextConfigurer(String description) {
        if (contextConfigurer.isPresent()) {
            throw new IllegalArgumentException(
                    "the initarg 'contextConfigurer' does not apply to " + description
                            + ". Use it only with SslContextSpecifier.defaults() or protocol(), which make a context for the call");
        }
    }

    /**
     * The side of the handshake.
     *
     * @return the side
     */
    public SslSide side() {
        return side;
    }

    /**
     * The peer's name or address.
     *
     * @return the host
     */
    public String host() {
        return host;
    }

    /**
     * The peer's port.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    /**
     * The name that a client sends (SNI) and checks instead of the host. By itself, JSSE sends none for localhost, single labels and
     * addresses.
     *
     * @return the name; empty if the host applies
     */
    public Optional<String> serverName() {
        return serverName;
    }

    /**
     * The application protocols to offer or accept.
     *
     * @return the protocols, best first; empty for those of the context
     */
    public List<String> alpn() {
        return alpn;
    }

    /**
     * The callback on the context that the library makes for this engine.
     *
     * @return the callback; empty if there is none
     */
    public Optional<Consumer<SSLContext>> contextConfigurer() {
        return contextConfigurer;
    }

    /**
     * The callback on the engine.
     *
     * @return the callback; empty if there is none
     */
    public Optional<Consumer<SSLEngine>> engineConfigurer() {
        return engineConfigurer;
    }

    @Override
    public String toString() {
        return side + " engine for " + host + ":" + port;
    }
}
