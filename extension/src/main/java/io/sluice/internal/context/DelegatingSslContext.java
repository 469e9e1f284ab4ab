package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.internal.context.handshake.LateModeEngine;
import java.security.KeyManagementException;
import java.security.Provider;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/** An {@code SSLContext} that uses a named context's current material. */
final class DelegatingSslContext extends SSLContext {

    private final ReloadableContext context;

    DelegatingSslContext(ReloadableContext context) {
        super(new Spi(context), new Origin(), "TLS");
        this.context = context;
    }

    ReloadableContext context() {
        return context;
    }

    /** {@code SSLContext} requires a provider. This one offers nothing and is never registered. */
    private static final class Origin extends Provider {

        private static final long serialVersionUID = 1L;

        Origin() {
            super("Sluice", "1", "Views of named contexts");
        }
    }

    private static final class Spi extends SSLContextSpi {

        private final ReloadableContext context;
        private final SSLSessionContext serverSessions;
        private final SSLSessionContext clientSessions;

        Spi(ReloadableContext context) {
            this.context = context;
            this.serverSessions = new DelegatingSessionContext(
                    () -> context.loaded().sslContext().getServerSessionContext());
            this.clientSessions = new DelegatingSessionContext(
                    () -> context.loaded().sslContext().getClientSessionContext());
        }

        @Override
        protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException(context.description()
                    + " takes its keys and trust from its configuration and cannot be initialised again."
                    + " Make your own SSLContext with SSLContext.getInstance");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.socketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.serverSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            ContextSnapshot loaded = context.loaded();
            return EngineCallers.note(new LateModeEngine(loaded.sslContext().createSSLEngine(), loaded), loaded);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            ContextSnapshot loaded = context.loaded();
            return EngineCallers.note(
                    new LateModeEngine(loaded.sslContext().createSSLEngine(host, port), loaded), loaded);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return serverSessions;
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return clientSessions;
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.loaded().serverParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.loaded().sslContext().getSupportedSSLParameters();
        }
    }
}
