package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compares Sluice with the other ways to serve TLS, over loopback, in server CPU, and writes what it found. The arguments are the form
 * (short, full or check; short if there is none), and the names of the stacks and rows to compare (all, if there are none).
 */
public final class Comparison {

    /** The figures of a run that was interrupted, which are not measured again. */
    private static final String RESUMED = System.getProperty("compare.resume", "");

    private final Plan plan;
    private final List<Stack> stacks;
    private final List<Row> rows;
    private final List<Jdk> jdks;
    private final Results results = new Results();

    private Comparison(Plan plan, List<Stack> stacks, List<Row> rows, List<Jdk> jdks) {
        this.plan = plan;
        this.stacks = stacks;
        this.rows = rows;
        this.jdks = jdks;
    }

    /**
     * Runs it.
     *
     * @param arguments see above
     * @throws Exception if anything fails: the figures of the others would then mean nothing
     */
    public static void main(String[] arguments) throws Exception {
        Cores.require();
        Plan plan = Plan.of(arguments.length > 0 ? arguments[0] : Plan.SHORT.name());
        List<String> names = Arrays.stream(arguments).skip(1).toList();
        List<Stack> stacks = named(names, Stack.values());
        List<Row> rows = named(names, Row.values());
        requireKnown(names, stacks, rows);
        // The short form has five minutes, which is too little for the servers of two JDKs.
        List<Jdk> jdks = plan == Plan.SHORT ? List.of(Jdk.running()) : Jdk.all();
        Environment environment = Environment.now(plan, jdks);
        Path directory = Files.createTempDirectory("sluice-comparison");
        try {
            Comparison comparison = new Comparison(plan, stacks, rows, jdks);
            if (!RESUMED.isEmpty()) {
                comparison.results.read(Path.of(RESUMED));
            }
            comparison.run(directory);
            Path written = new Report(plan, environment, jdks, comparison.results, !RESUMED.isEmpty()).write();
            System.out.println("wrote " + written.toAbsolutePath().normalize());
        } finally {
            delete(directory);
        }
    }

    /** All of them, if none is named. */
    private static <E extends Enum<E>> List<E> named(List<String> names, E[] all) {
        List<E> found =
                Arrays.stream(all).filter(one -> names.contains(one.name())).toList();
        return found.isEmpty() ? List.of(all) : found;
    }

    private static void requireKnown(List<String> names, List<Stack> stacks, List<Row> rows) {
        List<String> known =
                Stream.concat(stacks.stream(), rows.stream()).map(Enum::name).toList();
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("no such stack or row: " + name);
        });
    }

    private boolean allRows() {
        return rows.size() == Row.values().length;
    }

    private void run(Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        Certificates.write(directory);
        try (LoadClient client = LoadClient.build(directory, directory)) {
            if (RESUMED.isEmpty()) {
                compareRunning(client, directory);
            }
            compareFresh(client, directory);
        } catch (IOException e) {
            // An hour may have passed until here.
            results.write(Files.createDirectories(Report.TARGET).resolve("incomplete.csv"));
            throw e;
        }
    }

    /** With all servers alive at the same time. */
    private void compareRunning(LoadClient client, Path directory) throws IOException, InterruptedException {
        List<Server> servers = new ArrayList<>();
        try (HybridClient hybrid = HybridClient.start(Jdk.running())) {
            Rounds rounds = new Rounds(plan, rows, client, hybrid, results);
            Nginx.start(directory, directory).ifPresent(servers::add);
            for (Jdk jdk : jdks) {
                for (Stack stack : of(jdk)) {
                    servers.add(ServerJvm.start(stack, jdk, directory));
                }
            }
            for (Server server : servers) {
                rounds.warmUp(server);
                System.out.println("warm: " + server.label() + " on JDK " + server.jdk());
            }
            rounds.run(servers);
            if (rows.contains(Row.WRITES) || rows.contains(Row.READS)) {
                new SocketCalls(client, results).count(servers, directory);
            }
        } finally {
            servers.forEach(Server::close);
        }
    }

    /** With a JVM for each figure. */
    private void compareFresh(LoadClient client, Path directory) throws IOException {
        ColdStarts colds = new ColdStarts(client, results);
        boolean cold = RESUMED.isEmpty() && (rows.contains(Row.FIRST) || rows.contains(Row.NEXT_50));
        for (int round = 1; cold && round <= plan.colds(); round++) {
            System.out.println("cold start " + round + " of " + plan.colds());
            for (Jdk jdk : jdks) {
                for (Stack stack : of(jdk)) {
                    colds.measure(stack, jdk, directory, round);
                }
            }
        }
        if (!allRows()) {
            return;
        }
        IdleConnections idle = new IdleConnections(plan, client, results);
        for (Jdk jdk : jdks) {
            for (Stack stack : of(jdk)) {
                if (!results.hasMemory(jdk.feature(), stack.label())) {
                    System.out.println("memory: " + stack.label() + " on JDK " + jdk.feature());
                    idle.measure(stack, jdk, directory);
                }
            }
        }
    }

    private List<Stack> of(Jdk jdk) {
        return stacks.stream().filter(stack -> stack.runsOn(jdk.feature())).toList();
    }

    /** Deletes a directory with all that is in it. */
    static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.walk(directory)) {
            files = listed.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }
}
