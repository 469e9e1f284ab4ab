package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Door;
import io.sluice.benchmarks.compare.server.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The memory and the threads of open TLS 1.3 connections that wait for a message, with Sluice and with Netty. A fresh JVM for each server;
 * as many connections as in a warm-up come and go before. The figures are taken when the threads of the handshakes have ended. In the end
 * all connections echo.
 *
 * <p>Arguments: how many connections (10000), and the names of the stacks (those of messages).
 */
public final class IdleMessages {

    private static final int WARM_UP = 2_000;

    /** Longer than idle threads are kept. */
    private static final long QUIET_MILLIS = 15_000;

    private IdleMessages() {}

    /**
     * Runs it.
     *
     * @param arguments see above
     * @throws Exception if anything fails
     */
    public static void main(String[] arguments) throws Exception {
        Cores.require();
        int connections = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000;
        List<String> names = Arrays.stream(arguments).skip(1).toList();
        List<Stack> stacks = Arrays.stream(Stack.values())
                .filter(stack -> names.isEmpty() ? stack.messages() : names.contains(stack.name()))
                .toList();
        Path directory = Files.createTempDirectory("sluice-idle");
        try (LoadClient client = load(directory)) {
            System.out.printf("%d connections, each after a message each way%n", connections);
            System.out.printf("%-36s %8s %8s %8s %8s%n", "KiB each", "heap", "direct", "RAM", "threads");
            for (Jdk jdk : Jdk.all()) {
                for (Stack stack : stacks) {
                    if (stack.runsOn(jdk.feature())) {
                        measure(stack, jdk, directory, client, connections);
                    }
                }
            }
        } finally {
            Comparison.delete(directory);
        }
    }

    private static LoadClient load(Path directory) throws Exception {
        Certificates.write(directory);
        return LoadClient.build(directory, directory);
    }

    private static void measure(Stack stack, Jdk jdk, Path keys, LoadClient client, int connections)
            throws IOException, InterruptedException {
        try (ServerJvm server = ServerJvm.forMemory(stack, jdk, keys)) {
            String where = server.ports().number(Door.MANY) + " ec ";
            client.run("connections " + where + WARM_UP);
            Thread.sleep(QUIET_MILLIS);
            long[] none = server.liveBytes();
            long ram = status(server, "VmRSS:");
            client.run("open " + where + connections);
            Thread.sleep(QUIET_MILLIS);
            long[] with = server.liveBytes();
            System.out.printf(
                    "%-36s %8.2f %8.2f %8.2f %8d%n",
                    stack.label() + ", " + jdk.feature(),
                    (with[0] - none[0]) / 1024.0 / connections,
                    (with[1] - none[1]) / 1024.0 / connections,
                    (double) (status(server, "VmRSS:") - ram) / connections,
                    status(server, "Threads:"));
            client.run("close");
        }
    }

    /** A number of the process, in KiB if it is of memory. */
    private static long status(ServerJvm server, String name) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(server.pid()), "status")).stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replace("kB", "").strip())
                .mapToLong(Long::parseLong)
                .findAny()
                .orElseThrow(() -> new IOException("no " + name + " in /proc"));
    }
}
