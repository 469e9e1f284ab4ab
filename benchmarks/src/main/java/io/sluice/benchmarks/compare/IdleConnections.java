package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Door;
import io.sluice.benchmarks.compare.server.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The memory of open connections that wait, each after a message each way. A fresh JVM for each server, with a heap that follows what lives
 * in it; as many connections as in a warm-up come and go before, so that the waiting code is compiled. In the end all of them echo.
 */
final class IdleConnections {

    private static final String RESIDENT = "VmRSS:";

    private final Plan plan;
    private final LoadClient client;
    private final Results results;

    IdleConnections(Plan plan, LoadClient client, Results results) {
        this.plan = plan;
        this.client = client;
        this.results = results;
    }

    void measure(Stack stack, Jdk jdk, Path keys) throws IOException {
        try (ServerJvm server = ServerJvm.forMemory(stack, jdk, keys)) {
            String where = server.ports().number(Door.MANY) + " ec ";
            client.run("connections " + where + plan.memoryWarmUp());
            double[] none = memory(server);
            int open = 0;
            for (int connections : plan.idle(stack)) {
                client.run("open " + where + (connections - open));
                open = connections;
                double[] with = memory(server);
                results.add(new Held(
                        server.jdk(),
                        server.label(),
                        connections,
                        (with[0] - none[0]) / connections,
                        (with[1] - none[1]) / connections,
                        (with[2] - none[2]) / connections));
            }
            client.run("close");
        } catch (IOException e) {
            throw new IOException(stack.label() + " on JDK " + jdk.feature() + ": " + e.getMessage(), e);
        }
    }

    /** KiB of heap, direct memory and RAM. */
    private static double[] memory(ServerJvm server) throws IOException {
        long[] live = server.liveBytes();
        double resident = Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "status")).stream()
                .filter(line -> line.startsWith(RESIDENT))
                .map(line -> line.substring(RESIDENT.length()).replace("kB", "").strip())
                .mapToDouble(Double::parseDouble)
                .findAny()
                .orElseThrow(() -> new IOException("no " + RESIDENT + " in /proc"));
        return new double[] {live[0] / 1024.0, live[1] / 1024.0, resident};
    }
}
