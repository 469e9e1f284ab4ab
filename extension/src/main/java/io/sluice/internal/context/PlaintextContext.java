package io.sluice.internal.context;

import io.sluice.context.EngineRequest;
import io.sluice.context.NamedSslContext;
import io.sluice.internal.settings.ContextName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** The context {@code none}: plaintext, without TLS. */
final class PlaintextContext implements NamedSslContext {

    static final PlaintextContext NONE = new PlaintextContext();

    private static final String DESCRIPTION = ContextName.NONE.toString();

    private PlaintextContext() {}

    @Override
    public String name() {
        return ContextName.NONE.value();
    }

    @Override
    public String description() {
        return DESCRIPTION;
    }

    @Override
    public boolean isPlain() {
        return true;
    }

    @Override
    public SSLEngine engine(EngineRequest request) {
        throw noTls("SSLEngine");
    }

    @Override
    public SSLContext sslContext() {
        throw noTls("SSLContext");
    }

    @Override
    public SSLSocketFactory socketFactory() {
        throw noTls("SSLSocketFactory");
    }

    @Override
    public SSLServerSocketFactory serverSocketFactory() {
        throw noTls("SSLServerSocketFactory");
    }

    @Override
    public SSLParameters parameters() {
        throw noTls("SSLParameters");
    }

    private IllegalStateException noTls(String type) {
        return new IllegalStateException(
                description() + " is plaintext and has no " + type + ". Name another context for TLS");
    }
}
