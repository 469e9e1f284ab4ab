package io.sluice.context;

import io.sluice.context.material.OrderedKeyManager;
import io.sluice.context.material.Problem;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** What a source gives: a real context with its parameters, or plain. Does not change. */
public final class LoadedContext {

    private final @Nullable SSLContext context;
    private final EngineParameters parameters;
    private final ServerKey serverKey;
    private final TlsTimeouts timeouts;
    private final List<Problem> warnings;
    private final Optional<OrderedKeyManager> keys;
    private final Freshness freshness;
    private final Supplier<List<String>> issuers;

    private LoadedContext(
            @Nullable SSLContext context,
            EngineParameters parameters,
            ServerKey serverKey,
            TlsTimeouts timeouts,
            List<Problem> warnings,
            Optional<OrderedKeyManager> keys,
            Freshness freshness,
            Supplier<List<String>> issuers) {
        this.context = context;
        this.parameters = parameters;
        this.serverKey = serverKey;
        this.timeouts = timeouts;
        this.warnings = List.copyOf(warnings);
        this.keys = keys;
        this.freshness = freshness;
        this.issuers = issuers;
    }

    static LoadedContext of(SSLContext context, EngineParameters parameters, ServerKey serverKey) {
        return new LoadedContext(
                context,
                parameters,
                serverKey,
                TlsTimeouts.DEFAULT,
                List.of(),
                Optional.empty(),
                Freshness.UNTIL_RELOADED,
                List::of);
    }

    static LoadedContext plain() {
        return new LoadedContext(
                null,
                EngineParameters.given(new SSLParameters()),
                ServerKey.assumed(),
                TlsTimeouts.DEFAULT,
                List.of(),
                Optional.empty(),
                Freshness.UNTIL_RELOADED,
                List::of);
    }

    LoadedContext with(TlsTimeouts newTimeouts) {
        return new LoadedContext(context, parameters, serverKey, newTimeouts, warnings, keys, freshness, issuers);
    }

    LoadedContext with(EngineParameters newParameters) {
        return new LoadedContext(context, newParameters, serverKey, timeouts, warnings, keys, freshness, issuers);
    }

    LoadedContext with(List<Problem> newWarnings) {
        return new LoadedContext(context, parameters, serverKey, timeouts, newWarnings, keys, freshness, issuers);
    }

    LoadedContext with(Optional<OrderedKeyManager> newKeys) {
        return new LoadedContext(context, parameters, serverKey, timeouts, warnings, newKeys, freshness, issuers);
    }

    LoadedContext with(Freshness newFreshness) {
        return new LoadedContext(context, parameters, serverKey, timeouts, warnings, keys, newFreshness, issuers);
    }

    LoadedContext with(Supplier<List<String>> newIssuers) {
        return new LoadedContext(context, parameters, serverKey, timeouts, warnings, keys, freshness, newIssuers);
    }

    /** Whether it is to be loaded again before it is used. */
    boolean isOver() {
        return freshness.isOver();
    }

    /** Its configured keys. */
    Optional<OrderedKeyManager> keys() {
        return keys;
    }

    /** The names of the issuers that its trust accepts, where they are known. */
    List<String> issuers() {
        return issuers.get();
    }

    EngineParameters parameters() {
        return parameters;
    }

    /**
     * Whether there is no TLS.
     *
     * @return true if this is plain and has no context
     */
    public boolean isPlain() {
        return context == null;
    }

    /**
     * The context itself, which knows nothing of the parameters.
     *
     * @return an initialised context
     * @throws IllegalStateException if this is plain
     */
    public SSLContext sslContext() {
        if (context == null) {
            throw new IllegalStateException("a plain context has no SSLContext: ask isPlain() first");
        }
        return context;
    }

    /**
     * The parameters of the client side, host identification included.
     *
     * @return a fresh copy
     */
    public SSLParameters clientParameters() {
        return parameters.client();
    }

    /**
     * The parameters of the server side, client authentication included.
     *
     * @return a fresh copy
     */
    public SSLParameters serverParameters() {
        return parameters.server();
    }

    /**
     * Checks that there is a key for the server side.
     *
     * @param description the context, as its specifier describes itself
     * @throws SslContextException if there is none; the message says what to set
     */
    public void requireServerKey(String description) throws SslContextException {
        serverKey.require(description);
    }

    /**
     * How long a handshake and a close may take.
     *
     * @return the timeouts
     */
    public TlsTimeouts timeouts() {
        return timeouts;
    }

    /**
     * What is doubtful about the material: certificates that have expired, trust in anybody.
     *
     * @return the warnings
     */
    public List<Problem> warnings() {
        return warnings;
    }

    /**
     * A fresh engine with its side and every parameter set.
     *
     * @param request the side, the peer and what else the connection asks for; its context configurer is not for here
     * @param description the context, as its specifier describes itself
     * @return the engine, its handshake not begun
     * @throws SslContextException if it is to serve and there is no usable key
     */
    SSLEngine engine(EngineRequest request, String description) throws SslContextException {
        boolean client = request.side() == SslSide.CLIENT;
        if (request.side() == SslSide.SERVER) {
            requireServerKey(description);
        }
        SSLEngine engine = sslContext().createSSLEngine(peer(request), request.port());
        engine.setUseClientMode(client);
        engine.setSSLParameters(requested(request, client ? parameters.clientEngine() : parameters.serverEngine()));
        request.engineConfigurer().ifPresent(configurer -> configurer.accept(engine));
        if (request.side() == SslSide.BOTH) {
            settle(engine, description);
        }
        return engine;
    }

    /**
     * JSSE keeps a client's sessions by this name, and is content with a certificate of this name where that of the server name
     * is not right: so it is the server name, where one is given.
     */
    private static String peer(EngineRequest request) {
        return request.side() == SslSide.SERVER
                ? request.host()
                : PeerName.expected(request.serverName().orElse(request.host()));
    }

    private static SSLParameters requested(EngineRequest request, SSLParameters shared) {
        boolean names = request.side() != SslSide.SERVER && request.serverName().isPresent();
        if (!names && request.alpn().isEmpty()) {
            return shared;
        }
        SSLParameters parameters = EngineParameters.copy(shared);
        if (!request.alpn().isEmpty()) {
            parameters.setApplicationProtocols(request.alpn().toArray(String[]::new));
        }
        if (names) {
            request.serverName().ifPresent(name -> parameters.setServerNames(PeerName.sent(name)));
        }
        return parameters;
    }

    /** The configurer has chosen the side: a client must check the host's name, a server needs a key. */
    private void settle(SSLEngine engine, String description) throws SslContextException {
        if (!engine.getUseClientMode()) {
            requireServerKey(description);
            return;
        }
        SSLParameters chosen = engine.getSSLParameters();
        if (chosen.getEndpointIdentificationAlgorithm() == null) {
            Optional.ofNullable(clientParameters().getEndpointIdentificationAlgorithm())
                    .ifPresent(chosen::setEndpointIdentificationAlgorithm);
            engine.setSSLParameters(chosen);
        }
    }
}
