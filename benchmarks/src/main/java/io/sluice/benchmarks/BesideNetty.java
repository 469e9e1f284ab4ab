package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Echo servers beside Netty's, with the same handler and the same client: connections, or round trips. A JVM a server, all alive
 * at once on one core, the client on another; after a warm-up of the same length, shuffled rounds. Arguments: {@code connections},
 * {@code roundtrips} or the name of one {@link EchoLoad}; how many rounds (9); how many per cent of the usual numbers a warm-up and
 * a round have (100).
 */
final class BesideNetty {

    private final Random random = new Random(17);
    private final int rounds;
    private final int percent;

    private BesideNetty(int rounds, int percent) {
        this.rounds = rounds;
        this.percent = percent;
    }

    public static void main(String[] arguments) throws Exception {
        Cores.pinSelf(Cores.CLIENT);
        String what = arguments.length > 0 ? arguments[0] : "connections";
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 9;
        int percent = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
        System.out.printf(
                "JDK %s, %d rounds, %d %% of the usual numbers%n", System.getProperty("java.version"), rounds, percent);
        Path directory = TemporaryFiles.directory();
        try {
            new BesideNetty(rounds, percent).compare(StoredKey.write(directory), loads(what));
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private static List<EchoLoad> loads(String what) {
        return switch (what) {
            case "connections" ->
                List.of(EchoLoad.PLAIN_CONNECTIONS, EchoLoad.FULL_CONNECTIONS, EchoLoad.RESUMED_CONNECTIONS);
            case "roundtrips" ->
                List.of(
                        EchoLoad.PLAIN_ROUND_TRIPS,
                        EchoLoad.PLAIN_ROUND_TRIPS_64,
                        EchoLoad.TLS_ROUND_TRIPS,
                        EchoLoad.TLS_ROUND_TRIPS_64);
            default -> List.of(EchoLoad.valueOf(what));
        };
    }

    private void compare(Path store, List<EchoLoad> loads) throws IOException, InterruptedException {
        List<ServerProcess> servers = new ArrayList<>();
        try {
            for (Contender contender : Contender.all()) {
                servers.add(ServerProcess.start(contender, List.of("-Xms512m", "-Xmx512m"), store));
            }
            for (EchoLoad load : loads) {
                System.out.print(compare(servers, load));
            }
        } finally {
            servers.forEach(ServerProcess::close);
        }
    }

    private String compare(List<ServerProcess> servers, EchoLoad load) throws IOException, InterruptedException {
        EchoResults results =
                new EchoResults(servers.stream().map(ServerProcess::label).toList());
        for (ServerProcess server : servers) {
            try (Crowd clients = new Crowd(load, server)) {
                clients.run(load.warmUp() * percent / 100);
            }
        }
        List<ServerProcess> order = new ArrayList<>(servers);
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(order, random);
            for (ServerProcess server : order) {
                measure(server, load, results);
            }
        }
        return results.table(load.title());
    }

    private void measure(ServerProcess server, EchoLoad load, EchoResults results)
            throws IOException, InterruptedException {
        try (Crowd clients = new Crowd(load, server)) {
            int operations = clients.rounded(load.round() * percent / 100);
            double cpu = server.cpuSeconds();
            long client = Clock.CPU.nanos();
            long began = System.nanoTime();
            clients.run(operations);
            double seconds = (System.nanoTime() - began) / 1e9;
            double busy = (Clock.CPU.nanos() - client) / 1e9 / seconds;
            results.add(server.label(), (server.cpuSeconds() - cpu) * 1e6 / operations, operations / seconds, busy);
        }
    }
}
