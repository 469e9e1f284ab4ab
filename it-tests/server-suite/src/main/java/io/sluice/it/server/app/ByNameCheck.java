package io.sluice.it.server.app;

import io.sluice.jsse.NamedSslSocketFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;

/** Performs a handshake with a port, with a socket factory that is made by the name of its class. */
@ApplicationScoped
@CheckName("by-name")
public class ByNameCheck implements Check {

    private static final int PATIENCE_MILLIS = 20_000;

    /** The context {@code peer} of the application. */
    public static class PeerTls extends NamedSslSocketFactory {

        public PeerTls() {
            super("peer");
        }

        public static SocketFactory getDefault() {
            return new PeerTls();
        }
    }

    @Override
    public String run(Map<String, String> parameters) throws Exception {
        SocketFactory factory = (SocketFactory) Class.forName(
                        PeerTls.class.getName(), true, Thread.currentThread().getContextClassLoader())
                .getMethod("getDefault")
                .invoke(null);
        try (SSLSocket socket = (SSLSocket)
                factory.createSocket(InetAddress.getLoopbackAddress(), Integer.parseInt(parameters.get("port")))) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            return "trusted";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
