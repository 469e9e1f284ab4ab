package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.internal.jsse.EngineParameters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * A server socket whose connections use the context's current material. A server socket of the JDK would keep the material that it was
 * made with as long as it is open. Parameters that are set on this socket replace the context's from then on.
 */
final class DelegatingServerSocket extends SSLServerSocket {

    private final ReloadableContext context;
    private volatile @Nullable SSLParameters own;
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
        SSLSocket socket = (SSLSocket) context.loaded()
                .sslContext()
                .getSocketFactory()
                .createSocket(rawSocket, new ByteArrayInputStream(new byte[0]), true);
        socket.setUseClientMode(clientMode);
        socket.setSSLParameters(getSSLParameters());
        socket.setEnableSessionCreation(sessionCreation);
        return socket;
    }

    @Override
    public SSLParameters getSSLParameters() {
        SSLParameters set = own;
        if (set != null) {
            return EngineParameters.copy(set);
        }
        ContextSnapshot loaded = context.loaded();
        return clientMode ? loaded.clientParameters() : loaded.serverParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        change(merged -> EngineParameters.merge(parameters, merged));
    }

    private void change(Consumer<SSLParameters> change) {
        SSLParameters changed = getSSLParameters();
        change.accept(changed);
        own = changed;
    }

    @Override
    public String[] getEnabledCipherSuites() {
        String[] suites = getSSLParameters().getCipherSuites();
        return suites != null ? suites : context.serverSocketFactory().getDefaultCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        change(parameters -> parameters.setCipherSuites(suites));
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
        change(parameters -> parameters.setProtocols(protocols));
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        change(parameters -> parameters.setNeedClientAuth(need));
    }

    @Override
    public boolean getNeedClientAuth() {
        return getSSLParameters().getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        change(parameters -> parameters.setWantClientAuth(want));
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
