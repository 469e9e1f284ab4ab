package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A factory of sockets that use a named context's current material and have every parameter set. */
final class DelegatingSocketFactory extends SSLSocketFactory {

    /** Makes a socket with the current factory. */
    @FunctionalInterface
    private interface Creation {
        Socket with(SSLSocketFactory factory) throws IOException;
    }

    private final ReloadableContext context;

    DelegatingSocketFactory(ReloadableContext context) {
        this.context = context;
    }

    @Override
    public Socket createSocket() throws IOException {
        return client(SSLSocketFactory::createSocket);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return client(factory -> factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return client(factory -> factory.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return client(factory -> factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return client(factory -> factory.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(Socket rawSocket, String host, int port, boolean autoClose) throws IOException {
        return client(factory -> factory.createSocket(rawSocket, host, port, autoClose));
    }

    /** By contract this is the server side. The bytes already read of the client's first message are passed along. */
    @Override
    public Socket createSocket(Socket rawSocket, InputStream consumed, boolean autoClose) throws IOException {
        ContextSnapshot loaded = load();
        requireServerKey(loaded);
        return with(
                loaded,
                loaded.serverParameters(),
                loaded.sslContext().getSocketFactory().createSocket(rawSocket, consumed, autoClose));
    }

    private Socket client(Creation creation) throws IOException {
        ContextSnapshot loaded = load();
        return with(
                loaded,
                loaded.clientParameters(),
                creation.with(loaded.sslContext().getSocketFactory()));
    }

    private static Socket with(ContextSnapshot loaded, SSLParameters parameters, Socket socket) throws IOException {
        try {
            ((SSLSocket) socket).setSSLParameters(parameters);
            loaded.parameters().keyExchange().complete((SSLSocket) socket);
            return socket;
        } catch (RuntimeException e) {
            try (socket) {
                throw e;
            }
        }
    }

    private ContextSnapshot load() throws IOException {
        try {
            return context.load();
        } catch (SslContextException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void requireServerKey(ContextSnapshot loaded) throws IOException {
        try {
            loaded.requireServerKey(context.description());
        } catch (SslContextException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public String[] getDefaultCipherSuites() {
        String[] configured = context.loaded().clientParameters().getCipherSuites();
        return configured != null
                ? configured
                : context.loaded().sslContext().getSocketFactory().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return context.loaded().sslContext().getSocketFactory().getSupportedCipherSuites();
    }
}
