package io.sluice.server;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A process that runs out of descriptors: it connects, is not served, releases descriptors, and prints the time until it is served.
 */
final class ScarceDescriptors {

    private static final int CLIENTS = 12;
    private static final AtomicBoolean FIRST = new AtomicBoolean(true);

    private ScarceDescriptors() {}

    public static void main(String[] arguments) throws Exception {
        SocketServer server = AcceptingServer.start(
                ServerSettings.named("scarce")
                        .drainTimeout(Duration.ofMillis(1))
                        .build(),
                connection -> serve(connection.socket()),
                failed -> {});
        try (Socket before = bound()) {
            connect(before, server);
            before.getInputStream().read();
            roundTrip(before); // Loads what the first connection needs while there are descriptors.
        }
        // The first connection's thread loads this after its end, which may come after the last descriptor is taken.
        Class.forName(LogLimiter.class.getName() + "$Window");
        // Linux reserves a descriptor for an accept that is already waiting, and the JVM frees some now and then. So
        // only the last client counts.
        List<Socket> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(bound());
        }
        Deque<Closeable> taken = takeAll();
        for (Socket each : clients) {
            connect(each, server);
        }
        try (Socket client = clients.get(CLIENTS - 1)) {
            client.getOutputStream().write('x');
            client.setSoTimeout(1_500); // The scarcity lasts long enough for the longest pause.
            System.out.println("served in scarcity: " + isServed(client));
            long relief = System.nanoTime();
            while (!taken.isEmpty()) {
                taken.removeLast().close();
            }
            client.setSoTimeout(10_000);
            boolean served = isServed(client);
            System.out.println("served after ms: "
                    + (served ? Duration.ofNanos(System.nanoTime() - relief).toMillis() : "never"));
        }
        server.terminate();
    }

    /** Makes the first connection wait, because the JDK creates the poller of virtual threads at the first wait. */
    private static void serve(Socket socket) throws IOException {
        if (FIRST.getAndSet(false)) {
            socket.setSoTimeout(1);
            try {
                socket.getInputStream().read();
            } catch (SocketTimeoutException e) {
                socket.setSoTimeout(0);
                socket.getOutputStream().write('w');
            }
        }
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    /** A socket that has its descriptor already. */
    private static Socket bound() throws IOException {
        Socket client = new Socket();
        client.bind(null);
        return client;
    }

    private static void connect(Socket client, SocketServer server) throws IOException {
        client.connect(server.address(), 5_000);
        client.setSoTimeout(10_000);
    }

    private static void roundTrip(Socket client) throws IOException {
        client.getOutputStream().write('x');
        if (client.getInputStream().read() != 'x') {
            throw new IOException("no echo");
        }
    }

    private static boolean isServed(Socket client) throws IOException {
        try {
            return client.getInputStream().read() == 'x';
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static Deque<Closeable> takeAll() {
        Deque<Closeable> taken = new ArrayDeque<>();
        try {
            while (true) {
                taken.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            return taken; // There is none left.
        }
    }
}
