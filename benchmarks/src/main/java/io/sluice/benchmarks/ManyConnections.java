package io.sluice.benchmarks;

import com.sun.management.UnixOperatingSystemMXBean;
import io.sluice.testing.StallingSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.net.ssl.SSLSocket;

/**
 * Holds TLS 1.3 connections of an endpoint on virtual threads, and tells what each costs the server in live heap and direct memory:
 * idle, then with half a record waiting. In the end all of them echo. Needs a JDK with virtual threads, and some descriptors more
 * than connections.
 *
 * <p>Arguments: how many connections (10000), how many are opened and closed before (5000), and the sizes of the records that are
 * sent by half (1000 16000).
 */
final class ManyConnections {

    private static final int BATCH = 200;
    private static final int SPARE_DESCRIPTORS = 500;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final EndpointProcess server;
    private final int count;

    private record Connection(StallingSocket raw, SSLSocket tls) {

        void echo(byte[] bytes) {
            try {
                tls.getOutputStream().write(bytes);
                expect(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void sendHalf(byte[] bytes) {
            try {
                raw.stallNextWrite();
                tls.getOutputStream().write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void sendRest(byte[] bytes) {
            try {
                raw.sendRest();
                expect(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void expect(byte[] bytes) throws IOException {
            if (!Arrays.equals(tls.getInputStream().readNBytes(bytes.length), bytes)) {
                throw new IOException("the echo is not what was sent");
            }
        }

        void close() {
            try {
                tls.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private ManyConnections(EndpointProcess server, int count) {
        this.server = server;
        this.count = count;
    }

    public static void main(String[] arguments) throws Exception {
        int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        int before = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5_000;
        int[] sizes = arguments.length > 2
                ? Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray()
                : new int[] {1_000, 16_000};
        requireDescriptors(connections);
        System.out.printf("JDK %s, %d connections, %d before%n", Runtime.version(), connections, before);
        Path directory = TemporaryFiles.directory();
        try (EndpointProcess server = EndpointProcess.start(StoredKey.write(directory))) {
            new ManyConnections(server, connections).run(before, sizes);
        } finally {
            TemporaryFiles.delete(directory);
        }
        System.exit(0);
    }

    /** The server's process has the same limit. */
    private static void requireDescriptors(int connections) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < connections + SPARE_DESCRIPTORS) {
            System.err.printf(
                    "%d connections need %d descriptors, and this process may have %d: raise the limit (ulimit -n), or hold fewer%n",
                    connections, connections + SPARE_DESCRIPTORS, system.getMaxFileDescriptorCount());
            System.exit(1);
        }
    }

    private void run(int before, int[] sizes) throws Exception {
        for (int opened = 0; opened < before; opened += BATCH) {
            List<Connection> batch = open(Math.min(BATCH, before - opened));
            each(batch, connection -> connection.echo(new byte[sizes[sizes.length - 1]]));
            each(batch, Connection::close);
        }
        awaitConnections(0);
        long nothing = server.memory();
        long start = System.nanoTime();
        List<Connection> all = open(count);
        System.out.printf("%-36s %.1f s%n", "opened within", (System.nanoTime() - start) / 1e9);
        awaitConnections(count);
        tell("idle", nothing);
        for (int size : sizes) {
            byte[] record = record(size);
            each(all, connection -> connection.sendHalf(record));
            tell("half a record of " + size + " bytes waiting", nothing);
            each(all, connection -> connection.sendRest(record));
        }
        tell("idle again", nothing);
        byte[] last = record(64);
        each(all, connection -> connection.echo(last));
        System.out.printf("%-36s %d of %d%n", "echoed at the end", all.size(), count);
        System.out.printf("%-36s %d%n", "failed", server.failed());
        each(all, Connection::close);
    }

    private static byte[] record(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31);
        }
        return bytes;
    }

    private void tell(String what, long nothing) throws IOException, InterruptedException {
        Thread.sleep(1_000); // Until the server has read what there is, and its threads wait.
        System.out.printf("%-36s %.2f KiB each%n", what, (server.memory() - nothing) / 1024.0 / count);
    }

    private void awaitConnections(int wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (server.connections() != wanted) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("the server has " + server.connections() + " connections, not " + wanted);
            }
            Thread.sleep(20);
        }
    }

    private List<Connection> open(int connections) throws Exception {
        List<Future<Connection>> opening = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            opening.add(workers.submit(this::connect));
        }
        List<Connection> open = new ArrayList<>();
        for (Future<Connection> each : opening) {
            open.add(each.get());
        }
        return open;
    }

    private Connection connect() throws IOException {
        StallingSocket raw = new StallingSocket(server.port());
        Connection connection = new Connection(raw, Client.over(raw));
        connection.tls().setSoTimeout((int) LIMIT.toMillis());
        connection.echo(new byte[] {42});
        return connection;
    }

    private interface Step {
        void with(Connection connection);
    }

    private void each(List<Connection> connections, Step step) throws Exception {
        List<Future<?>> steps = new ArrayList<>();
        for (Connection connection : connections) {
            steps.add(workers.submit(() -> step.with(connection)));
        }
        for (Future<?> each : steps) {
            each.get();
        }
    }
}
