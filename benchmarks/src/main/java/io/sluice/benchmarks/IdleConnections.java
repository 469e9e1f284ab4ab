package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;

/**
 * Heap and direct memory that an idle connection costs the server, each on a virtual thread that waits in a read after a
 * byte each way. Needs a JDK with virtual threads. Argument: how many connections (2000).
 */
final class IdleConnections {

    private static final int WARM_UP = 300;

    private IdleConnections() {}

    public static void main(String[] arguments) throws Exception {
        int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2000;
        System.out.printf("JDK %s, %d connections open%n", System.getProperty("java.version"), connections);
        Path directory = TemporaryFiles.directory();
        try {
            Path store = StoredKey.write(directory);
            for (Stack stack : new Stack[] {Stack.SSLSOCKET, Stack.SLUICE, Stack.SLUICE_CHANNEL}) {
                try (ServerProcess server = ServerProcess.start(stack, ServerMode.IDLE, store)) {
                    System.out.printf("%-20s %.2f KiB%n", stack.label(), kibibytes(server, connections));
                }
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private static double kibibytes(ServerProcess server, int connections) throws Exception {
        close(open(server.port(), WARM_UP));
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
