package io.sluice.context;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.engine.EngineOptions;
import io.sluice.internal.engine.JsseAdapter;
import io.sluice.internal.engine.SharedEngines;
import io.sluice.internal.jsse.EngineParameters;
import io.sluice.internal.jsse.EngineRelease;
import io.sluice.internal.jsse.PeerName;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/** Makes an engine of a context with its side and every parameter set. */
record NewEngine(ContextSnapshot snapshot, EngineRequest request, String description) {

    /** An engine for a connection that Sluice drives. */
    EngineAdapter adapter() throws SslContextException {
        Optional<SharedEngines> engines = snapshot.engines();
        if (engines.isEmpty()) {
            SSLEngine engine = made();
            return new JsseAdapter(engine, EngineRelease.of(engine));
        }
        if (request.side() == SslSide.BOTH) {
            throw new IllegalArgumentException("the initarg 'sslSide' must be CLIENT or SERVER, because the engines of "
                    + description + " are made for one side. Set the side, or set engine=jdk for this context");
        }
        boolean client = request.side() == SslSide.CLIENT;
        if (!client) {
            snapshot.requireServerKey(description);
        }
        SSLParameters shared = client
                ? snapshot.parameters().clientEngine()
                : snapshot.parameters().serverEngine();
        EngineOptions options = new EngineOptions(client, peer(), request.port(), requested(shared));
        EngineAdapter made = made(engines.get(), options);
        Optional<Consumer<SSLEngine>> configurer = request.engineConfigurer();
        if (configurer.isEmpty()) {
            return made;
        }
        String before = configured(made, engine -> {});
        String checks = configured(made, configurer.get());
        if (checks.equals(before)) {
            return made;
        }
        made.release(); // Its sessions are those of connections that check the peer as configured.
        EngineAdapter apart = made(engines.get(), options.checking(checks));
        if (!configured(apart, configurer.get()).equals(checks)) {
            apart.release();
            throw new IllegalArgumentException("the engine configurer of a connection of " + description
                    + " has set other checks of the peer for a second engine. Let it do the same for each engine");
        }
        return apart;
    }

    /** Runs the configurer, and returns how the engine checks its peer then. */
    private static String configured(EngineAdapter made, Consumer<SSLEngine> configurer) {
        try {
            configurer.accept(made.engine());
            return PeerChecks.of(made.engine());
        } catch (RuntimeException | Error e) {
            release(made::release, e);
            throw e;
        }
    }

    private EngineAdapter made(SharedEngines engines, EngineOptions options) throws SslContextException {
        try {
            return engines.engine(options);
        } catch (SSLException e) {
            throw new SslContextException(description + " cannot make an engine: " + e.getMessage(), e);
        }
    }

    private static void release(Runnable release, Throwable failure) {
        try {
            release.run();
        } catch (RuntimeException suppressed) {
            failure.addSuppressed(suppressed);
        }
    }

    SSLEngine made() throws SslContextException {
        boolean client = request.side() == SslSide.CLIENT;
        if (request.side() == SslSide.SERVER) {
            snapshot.requireServerKey(description);
        }
        SSLEngine engine = snapshot.sslContext().createSSLEngine(peer(), request.port());
        try {
            engine.setUseClientMode(client);
            engine.setSSLParameters(requested(
                    client
                            ? snapshot.parameters().clientEngine()
                            : snapshot.parameters().serverEngine()));
            snapshot.parameters().keyExchange().complete(engine);
            request.engineConfigurer().ifPresent(configurer -> configurer.accept(engine));
            if (request.side() == SslSide.BOTH) {
                settle(engine);
            }
            return engine;
        } catch (SslContextException | RuntimeException | Error e) {
            release(EngineRelease.of(engine), e);
            throw e;
        }
    }

    /**
     * JSSE caches a client's sessions by this name, and also accepts a certificate of this name instead of the server name. So a server
     * name, if there is one, must be used here.
     */
    private String peer() {
        return request.side() == SslSide.SERVER
                ? request.host()
                : PeerName.expected(request.serverName().orElse(request.host()));
    }

    private SSLParameters requested(SSLParameters shared) {
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

    /** The configurer has chosen the side. A client must check the host's name, and a server needs a key. */
    private void settle(SSLEngine engine) throws SslContextException {
        if (!engine.getUseClientMode()) {
            snapshot.requireServerKey(description);
            return;
        }
        SSLParameters chosen = engine.getSSLParameters();
        if (chosen.getEndpointIdentificationAlgorithm() == null) {
            Optional.ofNullable(snapshot.clientParameters().getEndpointIdentificationAlgorithm())
                    .ifPresent(chosen::setEndpointIdentificationAlgorithm);
            engine.setSSLParameters(chosen);
        }
    }
}
