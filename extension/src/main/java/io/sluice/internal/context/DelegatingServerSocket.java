package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.internal.jsse.ParameterChanges;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server socket whose connections use the context's current material. A server socket of the JDK would keep the material that it was
 * made with as long as it is open. What is set on this socket replaces the context's own, and the rest follows the context.
 */
final class DelegatingServerSocket extends SSLServerSocket {

    private final ReloadableContext context;
    private final ParameterChanges changes = new ParameterChanges();
    private volatile boolean clientMode;
    private volatile boolean sessionCreation = true;

    DelegatingServerSocket(ReloadableContext context) throws IOException {
        this.context = context;
    }

    DelegatingServerSocket(ReloadableContext context, int port, int backlog, @Nullable InetAddress address)
            throws IOException {
        super(port, backlog, address);
        this.context = context;
    }

    @Override
    public Socket accept() throws IOException {
        Socket rawSocket = super.accept();
        try {
            return layer(rawSocket);
        } catch (IOException | RuntimeException | Error e) {
            try {
                rawSocket.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    private Socket layer(Socket rawSocket) throws IOException {
        ContextSnapshot loaded = context.loaded();
        SSLSocket socket = (SSLSocket) loaded.sslContext()
                .getSocketFactory()
                .createSocket(rawSocket, new ByteArrayInputStream(new byte[0]), true);
        socket.setUseClientMode(clientMode);
        socket.setSSLParameters(changes.on(ofContext(loaded)));
        loaded.parameters().keyExchange().complete(socket);
        socket.setEnableSessionCreation(sessionCreation);
        return socket;
    }

    @Override
    public SSLParameters getSSLParameters() {
        return changes.on(ofContext(context.loaded()));
    }

    private SSLParameters ofContext(ContextSnapshot loaded) {
        return clientMode ? loaded.clientParameters() : loaded.serverParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        changes.take(parameters, ofContext(context.loaded()));
    }

    @Override
    public String[] getEnabledCipherSuites() {
        String[] suites = getSSLParameters().getCipherSuites();
        return suites != null ? suites : context.serverSocketFactory().getDefaultCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        changes.cipherSuites(suites);
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return context.serverSocketFactory().getSupportedCipherSuites();
    }

    @Override
    public String[] getSupportedProtocols() {
        return context.loaded().sslContext().getSupportedSSLParameters().getProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        String[] protocols = getSSLParameters().getProtocols();
        return protocols != null
                ? protocols
                : context.loaded().sslContext().getDefaultSSLParameters().getProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        changes.protocols(protocols);
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        changes.clientAuth(need, false);
    }

    @Override
    public boolean getNeedClientAuth() {
        return getSSLParameters().getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        changes.clientAuth(false, want);
    }

    @Override
    public boolean getWantClientAuth() {
        return getSSLParameters().getWantClientAuth();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        clientMode = mode;
    }

    @Override
    public boolean getUseClientMode() {
        return clientMode;
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        sessionCreation = flag;
    }

    @Override
    public boolean getEnableSessionCreation() {
        return sessionCreation;
    }

    @Override
    public String toString() {
        return context.description() + " " + super.toString();
    }
}
