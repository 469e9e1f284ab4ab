package io.sluice.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Counts the writes to and the reads from sockets of a connection, with strace. This figure does not depend on the machine. */
final class SocketCalls {

    private static final int CONNECTIONS = 50;
    private static final Set<String> WRITES = Set.of("write", "writev", "sendto", "sendmsg");
    private static final Set<String> READS = Set.of("read", "readv", "recvfrom", "recvmsg");

    /** Over IPv4, and over IPv6, which the JVM's sockets are. */
    private static final String TCP = "<TCP";

    private final LoadClient client;
    private final Results results;

    SocketCalls(LoadClient client, Results results) {
        this.client = client;
        this.results = results;
    }

    void count(List<Server> servers, Path directory) throws IOException, InterruptedException {
        try {
            Command.of("strace", "-V").run();
        } catch (IOException e) {
            System.out.println("socket calls are omitted, because strace is not installed");
            return;
        }
        for (Server server : servers) {
            List<String> calls = trace(server, directory.resolve("strace.txt"));
            add(server, Row.WRITES, calls, WRITES);
            add(server, Row.READS, calls, READS);
        }
    }

    private void add(Server server, Row row, List<String> calls, Set<String> names) {
        double each = (double) calls.stream().filter(names::contains).count() / CONNECTIONS;
        results.add(new Sample(row, server.jdk(), server.label(), 1, each));
    }

    private List<String> trace(Server server, Path file) throws IOException, InterruptedException {
        Process strace = new ProcessBuilder(Command.of("strace", "-f", "-qq", "-yy", "-s", "0")
                        .with("-e", "trace=" + String.join(",", WRITES) + "," + String.join(",", READS))
                        .with("-e", "signal=none", "-o", file.toString(), "-p", Long.toString(server.pid()))
                        .words())
                .inheritIO()
                .start();
        awaitAttached(server.pid(), strace);
        client.run("connections " + server.ports().number(Row.WRITES.door()) + " " + server.kind(Row.WRITES) + " "
                + CONNECTIONS);
        Command.of("kill", "-INT", Long.toString(strace.pid())).run();
        strace.waitFor();
        return Files.readAllLines(file).stream()
                .filter(line -> line.contains(TCP) && !line.contains(" resumed>"))
                .map(line -> line.replaceAll("^\\d+ +", "").replaceAll("\\(.*", ""))
                .toList();
    }

    /** Until every thread has a tracer. */
    private static void awaitAttached(long pid, Process strace) throws IOException, InterruptedException {
        while (!strace.waitFor(100, TimeUnit.MILLISECONDS)) {
            boolean attached = true;
            try (var threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
                for (Path thread : threads.toList()) {
                    attached &= isTraced(thread, strace.pid());
                }
            }
            if (attached) {
                return;
            }
        }
        throw new IOException("strace could not attach to process " + pid);
    }

    private static boolean isTraced(Path thread, long tracer) throws IOException {
        try {
            return Files.readString(thread.resolve("status")).contains("TracerPid:\t" + tracer);
        } catch (IOException e) {
            if (Files.exists(thread)) {
                throw e;
            }
            return true; // It has ended meanwhile.
        }
    }
}
