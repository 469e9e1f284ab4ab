package io.sluice.server;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A process that runs out of descriptors: connects, finds itself not served, gives descriptors back, and prints how long it
 * took to be served then.
 */
final class ScarceDescriptors {

    private ScarceDescriptors() {}

    public static void main(String[] arguments) throws Exception {
        SocketServer server = SocketServer.start(
                ServerSettings.named("scarce").drainTimeout(Duration.ZERO).build(),
                connection -> connection
                        .socket()
                        .getInputStream()
                        .transferTo(connection.socket().getOutputStream()),
                failed -> {});
        try (Socket before = connected(server)) {
            roundTrip(before); // What the first connection loads, it loads while there are descriptors.
        }
        Deque<Closeable> taken = takeAll();
        taken.removeLast().close();
        taken.removeLast().close();
        // Linux keeps a descriptor for an accept that waits already, so the first client is served all the same.
        try (Socket first = connected(server);
                Socket client = connected(server)) {
            takeRest(taken);
            client.getOutputStream().write('x');
            client.setSoTimeout(1_500); // The scarcity is to last: long enough for the longest pause.
            System.out.println("served in scarcity: " + isServed(client));
            long relief = System.nanoTime();
            while (!taken.isEmpty()) {
                taken.removeLast().close();
            }
            client.setSoTimeout(10_000);
            boolean served = isServed(client);
            System.out.println("served after ms: "
                    + (served ? Duration.ofNanos(System.nanoTime() - relief).toMillis() : "never"));
            roundTrip(first);
        }
        server.terminate();
    }

    private static Socket connected(SocketServer server) throws IOException {
        Socket client =
                new Socket(server.address().getAddress(), server.address().getPort());
        client.setSoTimeout(10_000);
        return client;
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
        takeRest(taken);
        return taken;
    }

    private static void takeRest(Deque<Closeable> taken) {
        try {
            while (true) {
                taken.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            // There is none left.
        }
    }
}
