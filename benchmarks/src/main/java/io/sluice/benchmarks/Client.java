package io.sluice.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
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

    /** A context that has no sessions yet. */
    static SSLContext context() {
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

    /** A whole connection with a byte each way; the server closes it. Gives the cipher suite. */
    static String oneByte(int port) throws IOException {
        try (SSLSocket socket = connect(port)) {
            echo(socket);
            requireEnd(socket.getInputStream());
            return socket.getSession().getCipherSuite();
        }
    }

    static void echo(SSLSocket socket) throws IOException {
        socket.getOutputStream().write(42);
        if (socket.getInputStream().read() != 42) {
            throw new IOException("the byte did not come back");
        }
    }

    static void transfer(int port, Talk.Transfer transfer) throws IOException {
        try (SSLSocket socket = connect(port)) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            transfer.write(out);
            if (transfer.up()) {
                transfer.send(out);
                in.read();
            } else {
                transfer.receive(in);
            }
            requireEnd(in);
        }
    }

    private static void requireEnd(InputStream in) throws IOException {
        if (in.read() >= 0) {
            throw new IOException("more bytes than asked for");
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
