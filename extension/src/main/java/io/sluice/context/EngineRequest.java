package io.sluice.context;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * What one connection asks of a context. Immutable: each {@code with…} gives a new request.
 *
 * @param side the side of the handshake
 * @param host the peer's name or address, so that clients resume sessions and check the name, and no look-up happens
 * @param port the peer's port
 * @param serverName the name that a client sends (SNI) and checks in the host's place; JSSE by itself sends none for localhost, single
 *     labels and addresses
 * @param alpn the application protocols to offer or accept, best first; empty for those of the context
 * @param contextConfigurer runs on the context that the library makes for this engine
 * @param engineConfigurer runs on the engine when everything else is set
 */
public record EngineRequest(
        SslSide side,
        String host,
        int port,
        Optional<String> serverName,
        List<String> alpn,
        Optional<Consumer<SSLContext>> contextConfigurer,
        Optional<Consumer<SSLEngine>> engineConfigurer) {

    /**
     * Makes a request; the list is copied.
     *
     * @param side the side of the handshake
     * @param host the peer's name or address
     * @param port the peer's port
     * @param serverName the name that a client sends
     * @param alpn the application protocols
     * @param contextConfigurer runs on the context made for this engine
     * @param engineConfigurer runs on the engine
     */
    public EngineRequest {
        alpn = List.copyOf(alpn);
    }

    /**
     * A request with nothing but its side and peer.
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
     * @param name the name that the client sends (SNI, RFC 6066) and expects in the certificate
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
}
