package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Server CPU of Sluice beside a hand-written SSLSocket: whole connections, or bytes in bulk. A JVM a server, all alive at
 * once on one core, the client on another; after a warm-up of the same length, shuffled rounds. Arguments: {@code
 * connections} or {@code bulk}, then how many launches (3), rounds (9) and, of connections, how many a warm-up (10000) and
 * a round (1000).
 */
final class SideBySide {

    private static final List<String> LABELS =
            Arrays.stream(Stack.values()).map(Stack::label).toList();

    private final Path store;
    private final Sizes sizes;
    private final Random random = new Random(17);

    private record Sizes(int launches, int rounds, int warmUp, int connections) {}

    private SideBySide(Path store, Sizes sizes) {
        this.store = store;
        this.sizes = sizes;
    }

    public static void main(String[] arguments) throws Exception {
        Cores.pinSelf(Cores.CLIENT);
        int[] numbers = {3, 9, 10_000, 1000};
        for (int i = 1; i < arguments.length; i++) {
            numbers[i - 1] = Integer.parseInt(arguments[i]);
        }
        System.out.printf("JDK %s, sizes %s%n", System.getProperty("java.version"), Arrays.toString(numbers));
        Path directory = TemporaryFiles.directory();
        try {
            SideBySide comparison = new SideBySide(
                    StoredKey.write(directory), new Sizes(numbers[0], numbers[1], numbers[2], numbers[3]));
            if (arguments.length > 0 && arguments[0].equals("bulk")) {
                comparison.bulk();
            } else {
                comparison.connections();
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private void connections() throws IOException, GeneralSecurityException {
        Rounds all = new Rounds(LABELS);
        for (int launch = 1; launch <= sizes.launches; launch++) {
            Rounds rounds = launch(ServerMode.ONE_BYTE, new OneByte(sizes.connections, sizes.warmUp));
            System.out.print(rounds.table("whole connections, launch " + launch, "µs of CPU"));
            all.addAll(rounds);
        }
        System.out.print(all.table("whole connections, all", "µs of CPU"));
    }

    private void bulk() throws IOException, GeneralSecurityException {
        for (int kib : new int[] {16, 64}) {
            for (boolean up : new boolean[] {false, true}) {
                String title = (up ? "upload, " : "download, ") + kib + " KiB writes";
                Rounds all = new Rounds(LABELS);
                for (int launch = 1; launch <= sizes.launches; launch++) {
                    all.addAll(launch(ServerMode.BULK, new Bulk(up, kib * 1024)));
                }
                System.out.print(all.table(title, "MB per CPU s"));
            }
        }
    }

    /** A load on a server, and what it says of the server. */
    private interface Load {
        void warmUp(int port) throws IOException;

        double measure(ServerProcess server) throws IOException;
    }

    private Rounds launch(ServerMode mode, Load load) throws IOException, GeneralSecurityException {
        List<ServerProcess> servers = new ArrayList<>();
        try {
            for (Stack stack : Stack.values()) {
                servers.add(ServerProcess.start(stack, mode, store));
            }
            for (ServerProcess server : servers) {
                load.warmUp(server.port());
            }
            return rounds(servers, load);
        } finally {
            servers.forEach(ServerProcess::close);
        }
    }

    private Rounds rounds(List<ServerProcess> servers, Load load) throws IOException {
        Rounds rounds = new Rounds(LABELS);
        for (int round = 0; round < sizes.rounds; round++) {
            Collections.shuffle(servers, random);
            for (ServerProcess server : servers) {
                rounds.add(server.label(), load.measure(server));
            }
        }
        return rounds;
    }

    /** Microseconds of CPU a connection: accept, full TLS 1.3 handshake, a byte each way, close_notify, close. */
    private record OneByte(int connections, int warmUpConnections) implements Load {

        @Override
        public void warmUp(int port) throws IOException {
            System.out.println("  suite " + Client.oneByte(port));
            connect(port, warmUpConnections);
        }

        @Override
        public double measure(ServerProcess server) throws IOException {
            double before = server.cpuSeconds();
            connect(server.port(), connections);
            return (server.cpuSeconds() - before) * 1e6 / connections;
        }

        private static void connect(int port, int times) throws IOException {
            for (int i = 0; i < times; i++) {
                Client.oneByte(port);
            }
        }
    }

    /** Megabytes for a second of CPU: more is better. */
    private record Bulk(boolean up, int size) implements Load {

        private static final int BYTES = 512 * 1024 * 1024;
        private static final int WARM_UPS = 3;

        @Override
        public void warmUp(int port) throws IOException {
            for (int i = 0; i < WARM_UPS; i++) {
                Client.transfer(port, transfer());
            }
        }

        @Override
        public double measure(ServerProcess server) throws IOException {
            double before = server.cpuSeconds();
            Client.transfer(server.port(), transfer());
            return BYTES / 1e6 / (server.cpuSeconds() - before);
        }

        private Talk.Transfer transfer() {
            return new Talk.Transfer(up, size, BYTES / size);
        }
    }
}
