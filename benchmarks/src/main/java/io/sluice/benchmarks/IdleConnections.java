package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * Heap and direct memory that an idle connection costs the server, each on a virtual thread that waits in a read after a
 * byte each way. Needs a JDK with virtual threads. Arguments: how many connections (2000), and how many are opened and closed
 * before (15000): a thread that waits keeps its stack, and code that was not compiled yet has larger frames.
 */
final class IdleConnections {

    private static final int BATCH = 100;

    private IdleConnections() {}

    public static void main(String[] arguments) throws Exception {
        int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        int before = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 15_000;
        System.out.printf(
                "JDK %s, %d connections open, %d before%n", System.getProperty("java.version"), connections, before);
        Path directory = TemporaryFiles.directory();
        try {
            Path store = StoredKey.write(directory);
            for (Stack stack : new Stack[] {Stack.SSLSOCKET, Stack.SLUICE, Stack.SLUICE_CHANNEL}) {
                try (ServerProcess server = ServerProcess.start(stack, ServerMode.IDLE, store)) {
                    System.out.printf("%-20s %.2f KiB%n", stack.label(), kibibytes(server, connections, before));
                }
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private static double kibibytes(ServerProcess server, int connections, int warmUp) throws Exception {
        for (int opened = 0; opened < warmUp; opened += BATCH) {
            close(open(server.port(), BATCH));
        }
        Thread.sleep(500);
        long before = server.memory();
        List<SSLSocket> open = open(server.port(), connections);
        Thread.sleep(500);
        long after = server.memory();
        close(open);
        return (after - before) / 1024.0 / connections;
    }

    private static List<SSLSocket> open(int port, int connections) throws IOException {
        List<SSLSocket> open = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            SSLSocket socket = Client.connect(port);
            Client.echo(socket);
            open.add(socket);
        }
        return open;
    }

    private static void close(List<SSLSocket> sockets) throws IOException {
        for (SSLSocket socket : sockets) {
            socket.close();
        }
    }
}
