package io.sluice.context;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** The context {@code none}: a name for no TLS. */
final class PlainNamedContext implements NamedSslContext {

    static final PlainNamedContext NONE = new PlainNamedContext();
    static final String NAME = "none";

    private PlainNamedContext() {}

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
