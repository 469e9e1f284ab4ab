package io.sluice.internal.context;

import io.sluice.context.EngineRequest;
import io.sluice.context.NamedSslContext;
import io.sluice.context.TlsTimeouts;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** The context {@code none}: a name for no TLS. */
final class PlaintextContext implements NamedSslContext {

    static final PlaintextContext NONE = new PlaintextContext();
    static final String NAME = "none";

    private PlaintextContext() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "context 'none'";
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public TlsTimeouts timeouts() {
        return TlsTimeouts.DEFAULT;
    }

    @Override
    public SSLEngine engine(EngineRequest request) {
        throw plain("SSLEngine");
    }

    @Override
    public SSLContext sslContext() {
        throw plain("SSLContext");
    }

    @Override
    public SSLSocketFactory socketFactory() {
        throw plain("SSLSocketFactory");
    }

    @Override
    public SSLServerSocketFactory serverSocketFactory() {
        throw plain("SSLServerSocketFactory");
    }

    @Override
    public SSLParameters parameters() {
        throw plain("SSLParameters");
    }

    private static IllegalStateException plain(String type) {
        return new IllegalStateException(
                "context 'none' is plain and has no " + type + ": name another context for TLS");
    }
}
