package io.sluice.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The client of every echo server: a socket, or an SSLSocket that asks for TLS 1.3 with one suite, so that all have the same. */
final class EchoLoadClient {

    private static final byte[] MESSAGE = new byte[64];
    private static final String[] SUITE = {"TLS_AES_128_GCM_SHA256"};

    private EchoLoadClient() {}

    /** Opens one connection after the other. */
    interface Connecting {
        Socket connect() throws IOException;
    }

    static Connecting plain(int port) {
        return () -> {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            return socket;
        };
    }

    /** With a context for each connection, so that nothing can be resumed. */
    static Connecting full(int port) {
        return () -> handshake(Client.context(), port);
    }

    /** Each resumes the session of the one before; fails where it does not. */
    static Connecting resumed(int port) throws IOException {
        SSLContext context = Client.context();
        SSLSocket first = handshake(context, port);
        long created = first.getSession().getCreationTime();
        converse(first);
        return () -> {
            SSLSocket socket = handshake(context, port);
            if (socket.getSession().getCreationTime() != created) {
                socket.close();
                throw new IOException(
                        "port " + port + ": the session was not resumed, so the run measures something else");
            }
            return socket;
        };
    }

    private static SSLSocket handshake(SSLContext context, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket.setEnabledCipherSuites(SUITE);
        socket.startHandshake();
        return socket;
    }

    /** A message each way and an orderly end, to the last byte of the server's. */
    static void converse(Socket connected) throws IOException {
        try (Socket socket = connected) {
            roundTrip(socket);
            socket.shutdownOutput();
            if (socket.getInputStream().read() >= 0) {
                throw new IOException("more came back than was sent");
            }
        }
    }

    static void roundTrip(Socket socket) throws IOException {
        socket.getOutputStream().write(MESSAGE);
        if (!Arrays.equals(socket.getInputStream().readNBytes(MESSAGE.length), MESSAGE)) {
            throw new IOException("the message did not come back");
        }
    }
}
