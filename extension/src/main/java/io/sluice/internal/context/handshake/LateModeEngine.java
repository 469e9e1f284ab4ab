package io.sluice.internal.context.handshake;

import io.sluice.context.ContextSnapshot;
import io.sluice.internal.jsse.EngineParameters;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * An engine of a stable context, whose user chooses the side later. As a client it checks the host's name. As a server it does not,
 * because JSSE would fail every handshake. An algorithm that its user sets through parameters is kept whenever it becomes a client.
 * All other calls are delegated to the real engine.
 */
public final class LateModeEngine extends SSLEngine {

    private final SSLEngine engine;
    private final @Nullable String hostIdentification;
    private @Nullable String chosenByUser;
    private @Nullable BiFunction<SSLEngine, List<String>, String> selector;

    /**
     * An engine whose side is the server until its user chooses.
     *
     * @param engine the real engine
     * @param context the context that made it
     */
    public LateModeEngine(SSLEngine engine, ContextSnapshot context) {
        super(engine.getPeerHost(), engine.getPeerPort());
        this.engine = engine;
        this.hostIdentification = context.clientParameters().getEndpointIdentificationAlgorithm();
        engine.setUseClientMode(false);
        engine.setSSLParameters(context.serverParameters());
        context.parameters().keyExchange().complete(engine);
    }

    /**
     * The engine that the key and trust managers see.
     *
     * @return the real engine
     */
    public SSLEngine inner() {
        return engine;
    }

    /** A server that was never a client keeps null. With any other value, JSSE resumes no session from a stateless ticket. */
    @Override
    public void setUseClientMode(boolean mode) {
        SSLParameters parameters = engine.getSSLParameters();
        if (mode) {
            parameters.setEndpointIdentificationAlgorithm(identification());
        } else if (parameters.getEndpointIdentificationAlgorithm() != null) {
            parameters.setEndpointIdentificationAlgorithm(EngineParameters.NO_IDENTIFICATION);
        }
        engine.setUseClientMode(mode);
        engine.setSSLParameters(parameters);
    }

    private @Nullable String identification() {
        return chosenByUser != null ? chosenByUser : hostIdentification;
    }

    @Override
    public boolean getUseClientMode() {
        return engine.getUseClientMode();
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return engine.wrap(source, target);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, ByteBuffer target) throws SSLException {
        return engine.wrap(sources, target);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        return engine.wrap(sources, offset, length, target);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer target) throws SSLException {
        return engine.unwrap(source, target);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets) throws SSLException {
        return engine.unwrap(source, targets);
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        return engine.unwrap(source, targets, offset, length);
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return engine.getDelegatedTask();
    }

    @Override
    public void closeInbound() throws SSLException {
        engine.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return engine.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        engine.closeOutbound();
    }

    @Override
    public boolean isOutboundDone() {
        return engine.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return engine.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return engine.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        engine.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return engine.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return engine.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        engine.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return engine.getSession();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return engine.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        engine.beginHandshake();
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return engine.getHandshakeStatus();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        engine.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return engine.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        engine.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return engine.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        engine.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return engine.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return engine.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        String given = parameters.getEndpointIdentificationAlgorithm();
        if (given != null && !given.equals(engine.getSSLParameters().getEndpointIdentificationAlgorithm())) {
            chosenByUser = given; // What is only read from the engine and given back is nobody's choice.
        }
        engine.setSSLParameters(engine.getUseClientMode() ? parameters : withoutIdentification(parameters));
    }

    /** The injected parameters are those of a client, but a user may set them on a server's engine too. */
    private static SSLParameters withoutIdentification(SSLParameters given) {
        if (given.getEndpointIdentificationAlgorithm() == null) {
            return given;
        }
        SSLParameters parameters = EngineParameters.copy(given);
        parameters.setEndpointIdentificationAlgorithm(null);
        return parameters;
    }

    @Override
    public @Nullable String getApplicationProtocol() {
        return engine.getApplicationProtocol();
    }

    @Override
    public @Nullable String getHandshakeApplicationProtocol() {
        return engine.getHandshakeApplicationProtocol();
    }

    /** The selector receives the engine that its user holds, which may be a key in the user's map. */
    @Override
    public void setHandshakeApplicationProtocolSelector(
            @Nullable BiFunction<SSLEngine, List<String>, String> newSelector) {
        selector = newSelector;
        engine.setHandshakeApplicationProtocolSelector(
                newSelector == null ? null : (inner, protocols) -> newSelector.apply(this, protocols));
    }

    @Override
    public @Nullable BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
        return selector;
    }
}
