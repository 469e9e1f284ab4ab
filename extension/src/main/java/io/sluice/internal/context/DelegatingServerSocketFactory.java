package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** A factory of server sockets that use a named context's current material for each connection. */
final class DelegatingServerSocketFactory extends SSLServerSocketFactory {

    private static final int DEFAULT_BACKLOG = 50;

    private final ReloadableContext context;

    DelegatingServerSocketFactory(ReloadableContext context) {
        this.context = context;
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        checkContext();
        return new DelegatingServerSocket(context);
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, DEFAULT_BACKLOG);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address) throws IOException {
        checkContext();
        return new DelegatingServerSocket(context, port, backlog, address);
    }

    /** Checked before a port is bound. */
    private void checkContext() throws IOException {
        try {
            context.load().requireServerKey(context.description());
        } catch (SslContextException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        String[] configured = context.loaded().serverParameters().getCipherSuites();
        return configured != null
                ? configured
                : context.loaded().sslContext().getServerSocketFactory().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return context.loaded().sslContext().getServerSocketFactory().getSupportedCipherSuites();
    }
}
