package io.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The client of every server: an SSLSocket that asks for TLS 1.3 and believes any certificate. A context for each connection,
 * so that nothing can be resumed.
 */
final class Client {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final TrustManager[] ANYBODY = {new Anybody()};

    private Client() {}

    /** An open connection, its handshake done. */
    static SSLSocket connect(int port) throws IOException {
        SSLSocket socket =
                (SSLSocket) context().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket.startHandshake();
        return socket;
    }

    private static SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, ANYBODY, RANDOM);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same over a TCP socket of the caller's. */
    static SSLSocket over(Socket raw) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, ANYBODY, RANDOM);
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(raw, "localhost", raw.getPort(), true);
            socket.setEnabledProtocols(new String[] {"TLSv1.3"});
            socket.startHandshake();
            return socket;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static void echo(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(42);
        if (socket.getInputStream().read() != 42) {
            throw new IOException("the byte did not come back");
        }
    }

    private static final class Anybody implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
