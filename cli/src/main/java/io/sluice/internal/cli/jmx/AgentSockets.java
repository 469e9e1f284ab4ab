package io.sluice.internal.cli.jmx;

import io.sluice.context.NamedSslContext;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.server.RMISocketFactory;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;

/**
 * The sockets of RMI if the user wants TLS. Whoever answers for the registry decides which sockets reach the agent. So nothing may be sent in
 * plaintext after the registry was asked, and nothing at all if the registry has TLS.
 */
final class AgentSockets extends RMISocketFactory {

    private final SocketFactory tls;
    private final List<Socket> plain = new ArrayList<>();
    private boolean isPlain;

    private AgentSockets(SocketFactory tls, boolean isPlain) {
        this.tls = tls;
        this.isPlain = isPlain;
    }

    /** Installs the sockets, which a JVM can do once. */
    static AgentSockets install(NamedSslContext context, boolean plainRegistry) throws IOException {
        // Agents with TLS tell RMI to use SslRMIClientSocketFactory, which takes the JVM's context.
        SSLContext.setDefault(context.sslContext());
        AgentSockets sockets = new AgentSockets(context.socketFactory(), plainRegistry);
        RMISocketFactory.setSocketFactory(sockets);
        return sockets;
    }

    /** The registry has been asked. RMI keeps its connections for later calls, so they are closed. */
    synchronized void onlyTls() throws IOException {
        isPlain = false;
        for (Socket socket : plain) {
            socket.close();
        }
    }

    @Override
    public synchronized Socket createSocket(String host, int port) throws IOException {
        if (!isPlain) {
            return tls.createSocket(host, port);
        }
        Socket socket = SocketFactory.getDefault().createSocket(host, port);
        plain.add(socket);
        return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        throw new IOException("this command opens no port");
    }
}
