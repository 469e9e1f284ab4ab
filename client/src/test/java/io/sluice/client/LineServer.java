package io.sluice.client;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** A server of lines that can stop, start again on its port, and end its connections. */
final class LineServer implements Closeable {

    private final Function<String, String> replies;
    private final SSLContext tls;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();
    private volatile ServerSocket listening;

    private LineServer(SSLContext tls, Function<String, String> replies) {
        this.tls = tls;
        this.replies = replies;
    }

    /** An empty reply sends nothing. */
    static LineServer plain(Function<String, String> replies) throws IOException {
        return new LineServer(null, replies).start(0);
    }

    static LineServer tls(SSLContext tls, Function<String, String> replies) throws IOException {
        return new LineServer(tls, replies).start(0);
    }

    private LineServer start(int port) throws IOException {
        ServerSocket socket =
                tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        listening = socket;
        daemon(() -> accept(socket));
        return this;
    }

    void restart() throws IOException {
        start(port());
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "line-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                accepted.incrementAndGet();
                open.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                // Stopped, or a client that has left.
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                BufferedReader in = new BufferedReader(
                        new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                connection.getOutputStream().write(replies.apply(line).getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException | UncheckedIOException e) {
            // The connection has ended.
        } finally {
            open.remove(connection);
        }
    }

    int port() {
        return listening.getLocalPort();
    }

    String address() {
        return "localhost:" + port();
    }

    int accepted() {
        return accepted.get();
    }

    int connections() {
        return open.size();
    }

    void endConnections() throws IOException {
        for (Socket each : open) {
            each.close();
        }
    }

    /** Ends the port and all connections. */
    @Override
    public void close() throws IOException {
        listening.close();
        endConnections();
    }
}
