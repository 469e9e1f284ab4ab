package io.sluice.it.support;

import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.TrustAll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** A peer with plain JSSE sockets. It trusts every certificate, and reports the name in the one that it sees. */
public final class Peer {

    /** Reported if the handshake failed. */
    public static final String NOBODY = "nobody";

    private static final int PATIENCE_MILLIS = 10_000;

    private final SSLContext context;

    private Peer(SSLContext context) {
        this.context = context;
    }

    /** A peer with a certificate. */
    public static Peer with(TestCertificate certificate) {
        return with(certificate.keyStore());
    }

    /** A peer with the certificate of a key store whose password is {@code changeit}. */
    public static Peer with(KeyStore store) {
        char[] password = "changeit".toCharArray();
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password);
            return new Peer(context(keys));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A peer without a certificate. */
    public static Peer withoutCertificate() {
        try {
            return new Peer(context(null));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(KeyManagerFactory keys) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(
                keys == null ? null : keys.getKeyManagers(), new TrustManager[] {new TrustAll()}, new SecureRandom());
        return context;
    }

    /** Performs a handshake as the client on a connected socket, and waits until the server has accepted it. */
    public CompletableFuture<String> meetServer(Socket connected) {
        return CompletableFuture.supplyAsync(() -> {
            try (SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(connected, "localhost", 1, true)) {
                return met(socket);
            } catch (IOException e) {
                return NOBODY;
            }
        });
    }

    /** Listens, runs a client with the port, and performs a handshake with it. */
    public String meetClient(Client client) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setWantClientAuth(true);
            listener.setSoTimeout(PATIENCE_MILLIS);
            CompletableFuture<String> met = CompletableFuture.supplyAsync(() -> {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    return met(socket);
                } catch (IOException e) {
                    return NOBODY;
                }
            });
            client.connect(listener.getLocalPort());
            return met.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String met(SSLSocket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.startHandshake();
        SSLSession session = socket.getSession();
        X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
        // A TLS 1.3 server rejects a client after the client has finished its handshake.
        if (socket.getInputStream().read() != Injectable.GREETING) {
            throw new SSLException("not greeted");
        }
        socket.getOutputStream().write(Injectable.GREETING);
        return certificate.getSubjectX500Principal().getName().replace("CN=", "");
    }

    /** Connects to a port of the loopback interface. */
    public interface Client {
        void connect(int port) throws Exception;
    }
}
