package io.sluice.it.server;

import io.sluice.testing.TestCertificate;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A client with a JDK socket, which checks the server's name. */
final class TlsEchoClient {

    private static final int PATIENCE_MILLIS = 20_000;

    private TlsEchoClient() {}

    /** Connects and completes the handshake. */
    static SSLSocket connect(TestCertificate trusted, int port) throws IOException {
        return connect(trusted.trustingContext(), port);
    }

    /** The same with another context. */
    static SSLSocket connect(SSLContext context, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    /** Sends a word, and returns the answer. */
    static String echo(Socket socket, String word) throws IOException {
        byte[] said = word.getBytes(StandardCharsets.UTF_8);
        socket.getOutputStream().write(said);
        return new String(socket.getInputStream().readNBytes(said.length), StandardCharsets.UTF_8);
    }
}
