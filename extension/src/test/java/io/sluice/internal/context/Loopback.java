package io.sluice.internal.context;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** A server on the loopback interface that answers each byte with the next higher one, and its clients. */
public final class Loopback implements Closeable {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final ServerSocket server;

    Loopback(SSLServerSocketFactory factory) throws IOException {
        server = factory.createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setSoTimeout(TIMEOUT_MILLIS);
    }

    /** The outcome of a connection on both sides. */
    record Outcome(Connection client, Connection server) {
        boolean isConnected() {
            return client.failure().isEmpty() && server.failure().isEmpty();
        }

        SSLSession clientSession() {
            return client.session().orElseThrow(() -> new AssertionError(toString()));
        }

        SSLSession serverSession() {
            return server.session().orElseThrow(() -> new AssertionError(toString()));
        }
    }

    public record Connection(Optional<SSLSession> session, Optional<Exception> failure) {}

    ServerSocket serverSocket() {
        return server;
    }

    int port() {
        return server.getLocalPort();
    }

    Outcome connect(SSLSocketFactory clients, String host) throws Exception {
        CompletableFuture<Connection> served = CompletableFuture.supplyAsync(this::serve);
        Connection client;
        try (SSLSocket socket = (SSLSocket) clients.createSocket(host, port())) {
            client = ask(socket);
        }
        return new Outcome(client, served.get(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** One byte in each direction; both are needed, because in TLS 1.3 a client finishes before the server. */
    public static Connection ask(SSLSocket socket) {
        return use(socket, () -> {
            socket.getOutputStream().write(7);
            int answer = socket.getInputStream().read();
            if (answer != 8) {
                throw new IOException("the answer was " + answer);
            }
        });
    }

    private Connection serve() {
        try (SSLSocket socket = (SSLSocket) server.accept()) {
            return answer(socket);
        } catch (IOException e) {
            return new Connection(Optional.empty(), Optional.of(e));
        }
    }

    public static Connection answer(SSLSocket socket) {
        return use(socket, () -> {
            int asked = socket.getInputStream().read();
            socket.getOutputStream().write(asked + 1);
        });
    }

    private interface Exchange {
        void run() throws IOException;
    }

    private static Connection use(SSLSocket socket, Exchange exchange) {
        @Nullable SSLSession session = null;
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.startHandshake();
            session = socket.getSession();
            exchange.run();
            return new Connection(Optional.of(session), Optional.empty());
        } catch (IOException e) {
            return new Connection(Optional.ofNullable(session), Optional.of(e));
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
