package io.sluice.internal.cdi.context;

import io.sluice.context.EngineRequest;
import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.TlsTimeouts;
import io.sluice.internal.context.ReloadableContext;
import java.io.Serializable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** The injected specifier: a named context that is serialised by its name. */
final class InjectedSpecifier implements NamedSslContext, ReloadableContext.Reference, Serializable {

    private static final long serialVersionUID = 1L;

    private final transient NamedSslContext context;

    InjectedSpecifier(NamedSslContext context) {
        this.context = context;
    }

    @Override
    public NamedSslContext context() {
        return context;
    }

    private Object writeReplace() {
        return new SerialForm(SslContextSpecifier.class, context.name(), false);
    }

    @Override
    public String name() {
        return context.name();
    }

    @Override
    public SSLContext sslContext() {
        return context.sslContext();
    }

    @Override
    public SSLSocketFactory socketFactory() {
        return context.socketFactory();
    }

    @Override
    public SSLServerSocketFactory serverSocketFactory() {
        return context.serverSocketFactory();
    }

    @Override
    public SSLParameters parameters() {
        return context.parameters();
    }

    @Override
    public String description() {
        return context.description();
    }

    @Override
    public boolean isPlain() {
        return context.isPlain();
    }

    @Override
    public TlsTimeouts timeouts() {
        return context.timeouts();
    }

    @Override
    public SSLEngine engine(EngineRequest request) throws SslContextException {
        return context.engine(request);
    }

    @Override
    public String toString() {
        return description();
    }
}
