package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<Meter, Rounds> all = rounds();
        for (int launch = 1; launch <= sizes.launches; launch++) {
            Map<Meter, Rounds> rounds = launch(ServerMode.ONE_BYTE, new OneByte(sizes.connections, sizes.warmUp));
            print("connections, launch " + launch, rounds, "µs of CPU");
            rounds.forEach((meter, amounts) -> of(all, meter).addAll(amounts));
        }
        print("connections, all", all, "µs of CPU");
    }

    private void bulk() throws IOException, GeneralSecurityException {
        for (int kib : new int[] {16, 64}) {
            for (boolean up : new boolean[] {false, true}) {
                Map<Meter, Rounds> all = rounds();
                for (int launch = 1; launch <= sizes.launches; launch++) {
                    launch(ServerMode.BULK, new Bulk(up, kib * 1024))
                            .forEach((meter, amounts) -> of(all, meter).addAll(amounts));
                }
                print((up ? "upload, " : "download, ") + kib + " KiB", all, "MB per CPU s");
            }
        }
    }

    private static Map<Meter, Rounds> rounds() {
        Map<Meter, Rounds> rounds = new EnumMap<>(Meter.class);
        for (Meter meter : Meter.values()) {
            rounds.put(meter, new Rounds(LABELS));
        }
        return rounds;
    }

    private static Rounds of(Map<Meter, Rounds> rounds, Meter meter) {
        return Objects.requireNonNull(rounds.get(meter));
    }

    private static void print(String title, Map<Meter, Rounds> rounds, String unit) {
        rounds.forEach((meter, amounts) -> System.out.print(amounts.table(title + ", " + meter.label(), unit)));
    }

    /** A load on a server. */
    private interface Load {
        void warmUp(int port) throws IOException;

        void run(int port) throws IOException;

        /** What a run says of a server that took so long for it. */
        double amount(double cpuSeconds);
    }

    private Map<Meter, Rounds> launch(ServerMode mode, Load load) throws IOException, GeneralSecurityException {
        List<ServerProcess> servers = new ArrayList<>();
        try {
            for (Stack stack : Stack.values()) {
                servers.add(ServerProcess.start(stack, mode, store));
            }
            for (ServerProcess server : servers) {
                load.warmUp(server.port());
            }
            Map<Meter, Rounds> rounds = rounds();
            for (int round = 0; round < sizes.rounds; round++) {
                Collections.shuffle(servers, random);
                for (ServerProcess server : servers) {
                    measure(server, load, rounds);
                }
            }
            return rounds;
        } finally {
            servers.forEach(ServerProcess::close);
        }
    }

    private static void measure(ServerProcess server, Load load, Map<Meter, Rounds> rounds) throws IOException {
        Map<Meter, Double> before = new EnumMap<>(Meter.class);
        for (Meter meter : Meter.values()) {
            before.put(meter, meter.seconds(server));
        }
        load.run(server.port());
        for (Meter meter : Meter.values()) {
            double used = meter.seconds(server) - Objects.requireNonNull(before.get(meter));
            of(rounds, meter).add(server.label(), load.amount(used));
        }
    }

    /** Microseconds of CPU a connection: accept, full TLS 1.3 handshake, a byte each way, close_notify, close. */
    private record OneByte(int connections, int warmUpConnections) implements Load {

        @Override
        public void warmUp(int port) throws IOException {
            System.out.println("  suite " + Client.oneByte(port));
            connect(port, warmUpConnections);
        }

        @Override
        public void run(int port) throws IOException {
            connect(port, connections);
        }

        @Override
        public double amount(double cpuSeconds) {
            return cpuSeconds * 1e6 / connections;
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
                run(port);
            }
        }

        @Override
        public void run(int port) throws IOException {
            Client.transfer(port, new Talk.Transfer(up, size, BYTES / size));
        }

        @Override
        public double amount(double cpuSeconds) {
            return BYTES / 1e6 / cpuSeconds;
        }
    }
}
