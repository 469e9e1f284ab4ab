package io.sluice.examples.echo;

import io.sluice.context.SslContext;
import io.sluice.stream.SocketStreamCreator;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Accepts on loopback and makes an {@link EchoStream} of each connection, on a thread of its own. */
@ApplicationScoped
public class EchoService {

    @Inject
    @SslContext("echo")
    SocketStreamCreator creator;

    private final ExecutorService connections = Executors.newCachedThreadPool();
    private ServerSocket server;

    /** Binds the port (0 for a free one), starts to accept, and tells the port. */
    public int start(int port) throws IOException {
        server = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        connections.execute(this::accept);
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.execute(() -> serve(socket));
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try {
            socket.setTcpNoDelay(true);
        } catch (SocketException e) {
            // Gone already: create tells so, and closes what is left of it.
        }
        try (EchoStream stream = creator.create(socket, EchoStream.class).orElseThrow()) {
            stream.echo();
        } catch (IOException e) {
            System.err.println("echo: " + e.getMessage());
        }
    }

    @PreDestroy
    void stop() {
        connections.shutdownNow();
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
