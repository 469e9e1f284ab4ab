package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a run writes: the tables, the raw figures and the plots. */
final class Report {

    /** For what is not kept. */
    static final Path TARGET = Path.of("target", "compare");

    private static final List<Stack> PLOTTED = List.of(
            Stack.SSLSOCKET,
            Stack.NETTY_JDK,
            Stack.SLUICE_JDK,
            Stack.ENDPOINT_JDK,
            Stack.NETTY_BORINGSSL,
            Stack.LOOP_BORINGSSL,
            Stack.SLUICE_BORINGSSL,
            Stack.ENDPOINT_BORINGSSL);

    private final Plan plan;
    private final Environment environment;
    private final List<Jdk> jdks;
    private final Results results;
    private final boolean resumed;
    private final Tables tables;
    private final GoalTable goals;

    /**
     * A report of a run.
     *
     * @param resumed whether it continues a run that was interrupted: then nothing but memory was measured on the machine as it is now
     */
    Report(Plan plan, Environment environment, List<Jdk> jdks, Results results, boolean resumed) {
        this.resumed = resumed;
        this.plan = plan;
        this.environment = environment;
        this.jdks = jdks;
        this.results = results;
        this.tables = new Tables(results);
        this.goals = new GoalTable(results, tables);
    }

    /** The full form's results are kept; those of the others are not, because they are too few. */
    Path write() throws IOException {
        Path directory = plan == Plan.FULL ? Path.of("") : TARGET;
        Path plots = Files.createDirectories(directory.resolve("plots"));
        results.write(directory.resolve("results.csv"));
        for (Jdk jdk : jdks) {
            plot(new Plots(results, plots), jdk.feature());
        }
        return Files.writeString(directory.resolve("RESULTS.md"), text());
    }

    private void plot(Plots plots, int jdk) throws IOException {
        plots.bars("handshakes-" + jdk, "server CPU of a connection", jdk, PLOTTED, Row.EC, Row.RESUMED);
        plots.bars("bulk-" + jdk, "bulk", jdk, PLOTTED, Row.DOWN_16, Row.DOWN_64, Row.UP_16, Row.UP_64);
        plots.bars("trips-" + jdk, "round trips of 64 bytes", jdk, List.of(Stack.values()), Row.TRIPS_1, Row.TRIPS_64);
        plots.bars("cold-" + jdk, "a fresh JVM", jdk, PLOTTED, Row.FIRST, Row.NEXT_50);
        plots.growth("growth-" + jdk, jdk, List.of(Stack.values()));
    }

    private String text() {
        List<String> parts = new ArrayList<>();
        parts.add("# Results of the comparison");
        parts.add(
                "Written by the comparison, see [README.md](README.md), which also says how to read it. `results.csv` has"
                        + " every figure, and `plots/` the plots.");
        parts.add(String.join("\n", environment.lines()));
        if (resumed) {
            parts.add("The run was interrupted while it measured memory, and continued from `results.csv` of its first"
                    + " part. The date and the commit are those of the continuation.");
        } else if (environment.busy()) {
            parts.add("**The machine was busy when the run began (load " + environment.load()
                    + "), so these figures are worth nothing.**");
        }
        parts.add(sizes());
        for (Jdk jdk : jdks) {
            parts.add("## JDK " + jdk.feature() + ": goals");
            parts.add("The median of the ratios of the rounds. A/A is the ratio of two servers that are the same.");
            parts.add(goals.of(jdk.feature(), false));
            parts.add("Megabytes for a second of CPU:");
            parts.add(goals.of(jdk.feature(), true));
            parts.addAll(figures(jdk.feature()));
        }
        return String.join("\n\n", parts).replaceAll("\n{3,}", "\n\n") + "\n";
    }

    private String sizes() {
        return ("%d rounds of %d connections, %d MB and %,d round trips, twice that for BoringSSL; before them %,d"
                        + " handshakes, a fifth of it of each other kind, and %d rounds that are not counted; %d cold"
                        + " starts. TLS 1.3, TLS_AES_128_GCM_SHA256, X25519, checked on every"
                        + " connection." + clientBusy())
                .formatted(
                        plan.rounds(),
                        plan.connections(),
                        plan.megabytes(),
                        plan.trips(),
                        plan.warmUp(),
                        plan.settling(),
                        plan.colds());
    }

    /** A run that was continued may not know. */
    private String clientBusy() {
        return results.busiest() == 0
                ? ""
                : " At most, the load client was busy for %.0f %%%% of the time.".formatted(results.busiest() * 100);
    }

    private List<String> figures(int jdk) {
        List<Stack> all = List.of(Stack.values());
        return List.of(
                "## JDK " + jdk + ": figures",
                "Connections: µs of server CPU (× SSLSocket).",
                tables.of(jdk, Stack.SSLSOCKET, all, Row.EC, Row.RSA, Row.RESUMED, Row.MUTUAL, Row.PLAIN),
                "The hybrid group: µs of server CPU (× Netty, BoringSSL). The client is a JVM with BoringSSL on the"
                        + " clients' core, because Debian's OpenSSL 3.0 has no ML-KEM.",
                tables.of(jdk, Stack.NETTY_BORINGSSL, Tables.boringSsl(), Row.HYBRID),
                "Bulk: MB for a second of server CPU (× SSLSocket); more is better.",
                tables.of(jdk, Stack.SSLSOCKET, all, Row.DOWN_16, Row.DOWN_64, Row.UP_16, Row.UP_64),
                "Round trips of 64 bytes: µs of server CPU (× SSLSocket).",
                tables.of(jdk, Stack.SSLSOCKET, all, Row.TRIPS_1, Row.TRIPS_64),
                "A fresh JVM that has reported that it is ready: ms from the first connect to the end of its handshake, and"
                        + " ms of server CPU (× SSLSocket).",
                tables.of(jdk, Stack.SSLSOCKET, all, Row.FIRST, Row.NEXT_50),
                "BoringSSL and Netty: × Netty, BoringSSL.",
                tables.of(
                        jdk,
                        Stack.NETTY_BORINGSSL,
                        Tables.boringSsl(),
                        Row.EC,
                        Row.RSA,
                        Row.RESUMED,
                        Row.MUTUAL,
                        Row.DOWN_16,
                        Row.DOWN_64,
                        Row.UP_16,
                        Row.UP_64,
                        Row.TRIPS_64),
                "Socket calls of a connection, counted by strace.",
                tables.of(jdk, Stack.SSLSOCKET, all, Row.WRITES, Row.READS),
                "Idle connections: KiB of heap + of direct memory, and of RAM, for each. BoringSSL's own state is in the"
                        + " RAM alone, and so is the stack of a platform thread.",
                results.held().isEmpty() ? "Not measured in this run." : tables.idle(jdk, plan.idle()));
    }
}
