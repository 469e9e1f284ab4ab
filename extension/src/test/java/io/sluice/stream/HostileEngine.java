package io.sluice.stream;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A provider's engine that fails at some point. Until then, and in all other respects, it is a real one. */
public final class HostileEngine extends SSLEngine {

    /** The fault of the engine. */
    enum Wrong {
        NONE,
        TASK_WITHOUT_END,
        TASK_THAT_IS_NOT_THERE,
        UNWRAP_WITHOUT_PROGRESS,
        WRAP_WITHOUT_PROGRESS
    }

    private final SSLEngine real;
    private volatile Wrong wrong;
    private volatile boolean begun;
    private final AtomicLong tasks = new AtomicLong();
    private final Closing closing;

    /** The state while it closes. */
    public interface Closing {
        void run() throws Exception;
    }

    HostileEngine(SSLEngine real, Wrong wrong) {
        this(real, wrong, () -> {});
    }

    private HostileEngine(SSLEngine real, Wrong wrong, Closing closing) {
        this.real = real;
        this.wrong = wrong;
        this.closing = closing;
    }

    /** An engine without a fault that closes slowly: it already has close_notify to wrap. */
    public static HostileEngine closing(SSLEngine real, Closing closing) {
        return new HostileEngine(real, Wrong.NONE, closing);
    }

    void goWrong(Wrong how) {
        wrong = how;
    }

    /** Returns the number of endless tasks that were run. */
    long tasksRun() {
        return tasks.get();
    }

    private HandshakeStatus status(HandshakeStatus known) {
        return switch (wrong) {
            case NONE -> known;
            case TASK_WITHOUT_END, TASK_THAT_IS_NOT_THERE -> HandshakeStatus.NEED_TASK;
            case UNWRAP_WITHOUT_PROGRESS -> HandshakeStatus.NEED_UNWRAP;
            case WRAP_WITHOUT_PROGRESS -> HandshakeStatus.NEED_WRAP;
        };
    }

    private SSLEngineResult nothing() {
        return new SSLEngineResult(SSLEngineResult.Status.OK, status(HandshakeStatus.NOT_HANDSHAKING), 0, 0);
    }

    @Override
    public SSLEngineResult wrap(ByteBuffer[] sources, int offset, int length, ByteBuffer target) throws SSLException {
        return wrong == Wrong.NONE ? real.wrap(sources, offset, length, target) : nothing();
    }

    @Override
    public SSLEngineResult unwrap(ByteBuffer source, ByteBuffer[] targets, int offset, int length) throws SSLException {
        return wrong == Wrong.NONE ? real.unwrap(source, targets, offset, length) : nothing();
    }

    @Override
    public @Nullable Runnable getDelegatedTask() {
        return switch (wrong) {
            case NONE -> real.getDelegatedTask();
            case TASK_WITHOUT_END -> tasks::incrementAndGet;
            default -> null;
        };
    }

    @Override
    public HandshakeStatus getHandshakeStatus() {
        return begun ? status(real.getHandshakeStatus()) : real.getHandshakeStatus();
    }

    @Override
    public void closeInbound() throws SSLException {
        real.closeInbound();
    }

    @Override
    public boolean isInboundDone() {
        return real.isInboundDone();
    }

    @Override
    public void closeOutbound() {
        real.closeOutbound();
        try {
            closing.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean isOutboundDone() {
        return real.isOutboundDone();
    }

    @Override
    public void beginHandshake() throws SSLException {
        begun = true;
        real.beginHandshake();
    }

    @Override
    public String getApplicationProtocol() {
        return real.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return real.getHandshakeApplicationProtocol();
    }

    @Override
    public @Nullable SSLSession getHandshakeSession() {
        return real.getHandshakeSession();
    }

    @Override
    public SSLSession getSession() {
        return real.getSession();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return real.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        real.setSSLParameters(parameters);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return real.getSupportedCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return real.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return real.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] names) {
        real.setEnabledCipherSuites(names);
    }

    @Override
    public String[] getEnabledProtocols() {
        return real.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] names) {
        real.setEnabledProtocols(names);
    }

    @Override
    public boolean getUseClientMode() {
        return real.getUseClientMode();
    }

    @Override
    public void setUseClientMode(boolean on) {
        real.setUseClientMode(on);
    }

    @Override
    public boolean getNeedClientAuth() {
        return real.getNeedClientAuth();
    }

    @Override
    public void setNeedClientAuth(boolean on) {
        real.setNeedClientAuth(on);
    }

    @Override
    public boolean getWantClientAuth() {
        return real.getWantClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean on) {
        real.setWantClientAuth(on);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return real.getEnableSessionCreation();
    }

    @Override
    public void setEnableSessionCreation(boolean on) {
        real.setEnableSessionCreation(on);
    }
}
