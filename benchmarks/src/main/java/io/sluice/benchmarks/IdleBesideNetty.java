package io.sluice.benchmarks;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Memory of an echo server with connections that do nothing after a message each way, beside Netty's: what the process occupies of
 * RAM, and heap with direct buffers, after collections that give back what is free. Arguments: how many connections are opened
 * and closed before (3000), and for which numbers to measure (1000 10000).
 */
final class IdleBesideNetty {

    private static final int THREADS = 4;

    /** The server's heap is as large as what lives in it, so that the process shows what connections cost. */
    private static final List<String> TIGHT_HEAP =
            List.of("-Xms16m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

    private static final double MIB = 1024 * 1024;

    private final int before;
    private final List<Integer> numbers;

    private record Usage(double resident, double held) {

        static Usage of(ServerProcess server) throws IOException, InterruptedException {
            TimeUnit.MILLISECONDS.sleep(500); // What the last message started is over then.
            double held = server.memory();
            return new Usage(server.residentBytes(), held);
        }
    }

    private IdleBesideNetty(int before, List<Integer> numbers) {
        this.before = before;
        this.numbers = numbers;
    }

    public static void main(String[] arguments) throws Exception {
        Cores.pinSelf(Cores.CLIENT);
        int before = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3000;
        List<Integer> numbers = arguments.length > 1
                ? Stream.of(arguments).skip(1).map(Integer::valueOf).sorted().toList()
                : List.of(1000, 10_000);
        Descriptors.require(numbers.get(numbers.size() - 1));
        System.out.printf("JDK %s, %d connections before%n%n", System.getProperty("java.version"), before);
        Path directory = TemporaryFiles.directory();
        try {
            new IdleBesideNetty(before, numbers).compare(StoredKey.write(directory));
        } finally {
            TemporaryFiles.delete(directory);
        }
    }

    private void compare(Path store) throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder("| idle TLS 1.3 connections | none | "
                + String.join(" | ", numbers.stream().map(String::valueOf).toList()) + " |\n|---|---"
                + "|---".repeat(numbers.size()) + "|\n");
        for (Contender contender : Contender.all()) {
            try (ServerProcess server = ServerProcess.start(contender, TIGHT_HEAP, store)) {
                table.append(String.format("| %s | %s |%n", contender.label(), measure(contender, server)));
            }
        }
        System.out.print(table);
    }

    private String measure(Contender contender, ServerProcess server) throws IOException, InterruptedException {
        EchoLoadClient.Connecting connecting = EchoLoadClient.full(server.port());
        Crowd.all(THREADS, () -> {
            for (int i = 0; i < before / THREADS; i++) {
                EchoLoadClient.converse(connecting.connect());
            }
            return null;
        });
        List<String> cells = new ArrayList<>();
        Usage none = Usage.of(server);
        cells.add(String.format(Locale.ROOT, "%.0f MiB", none.resident / MIB));
        List<Socket> open = new ArrayList<>();
        try {
            for (int number : numbers) {
                if (number > contender.most()) {
                    cells.add("serves " + contender.most() + " at once");
                } else {
                    open(connecting, number - open.size(), open);
                    cells.add(cell(none, Usage.of(server), number));
                }
            }
            for (Socket socket : open) {
                EchoLoadClient.roundTrip(socket);
            }
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        return String.join(" | ", cells);
    }

    private static void open(EchoLoadClient.Connecting connecting, int more, List<Socket> open)
            throws IOException, InterruptedException {
        List<List<Socket>> opened = Crowd.all(THREADS, () -> {
            List<Socket> own = new ArrayList<>();
            for (int i = 0; i < more / THREADS; i++) {
                Socket socket = connecting.connect();
                EchoLoadClient.roundTrip(socket);
                own.add(socket);
            }
            return own;
        });
        opened.forEach(open::addAll);
    }

    private static String cell(Usage none, Usage usage, int number) {
        return String.format(
                Locale.ROOT,
                "%.0f MiB: %.1f KiB each, of them %.1f heap and direct",
                usage.resident / MIB,
                (usage.resident - none.resident) / 1024 / number,
                (usage.held - none.held) / 1024 / number);
    }
}
