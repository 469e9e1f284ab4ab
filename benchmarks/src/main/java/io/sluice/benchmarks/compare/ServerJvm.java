package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Door;
import io.sluice.benchmarks.compare.server.Ports;
import io.sluice.benchmarks.compare.server.ServerMain;
import io.sluice.benchmarks.compare.server.Stack;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A server in a JVM of its own, on the servers' core. */
final class ServerJvm implements Server {

    /** For the servers' JVMs: a profile, say. */
    private static final String JVM_ARGUMENTS = System.getProperty("servers.jvm", "");

    private static final List<String> ROOMY_HEAP = List.of("-Xms256m", "-Xmx1g");

    /** The heap follows what lives in it, so that the process's memory shows what connections need. */
    private static final List<String> TIGHT_HEAP =
            List.of("-Xms16m", "-Xmx1g", "-XX:+UseSerialGC", "-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10");

    /** The standard output has the answers, so a recording must not announce itself there. */
    private static final List<String> QUIET = List.of("-Xlog:jfr+startup=error");

    /** BoringSSL needs about a third of the JDK's CPU time. */
    private static final int NATIVE_FACTOR = 2;

    private final Stack stack;
    private final Jdk jdk;
    private final Answers process;
    private final Ports ports;

    private ServerJvm(Stack stack, Jdk jdk, Path keys, List<String> heap) throws IOException {
        this.stack = stack;
        this.jdk = jdk;
        this.process = Answers.start(
                stack.label() + " on JDK " + jdk.feature(),
                Cores.SERVER.pinned(jdk.java()
                        .with(heap)
                        .with(QUIET)
                        .with(Arrays.stream(JVM_ARGUMENTS.split(" "))
                                .filter(argument -> !argument.isEmpty())
                                .toList())
                        .with(ServerMain.class.getName(), stack.name(), keys.toString())));
        this.ports = Ports.parse(process.first());
    }

    static ServerJvm start(Stack stack, Jdk jdk, Path keys) throws IOException {
        return new ServerJvm(stack, jdk, keys, ROOMY_HEAP);
    }

    /** With further options of the JVM. They override the same options that come before. */
    static ServerJvm start(Stack stack, Jdk jdk, Path keys, List<String> options) throws IOException {
        return new ServerJvm(
                stack,
                jdk,
                keys,
                Stream.concat(ROOMY_HEAP.stream(), options.stream()).toList());
    }

    static ServerJvm forMemory(Stack stack, Jdk jdk, Path keys) throws IOException {
        return new ServerJvm(stack, jdk, keys, TIGHT_HEAP);
    }

    @Override
    public String label() {
        return stack.label();
    }

    @Override
    public int jdk() {
        return jdk.feature();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public Ports ports() {
        return ports;
    }

    @Override
    public boolean can(Row row) {
        boolean bulk = row.door() == Door.BULK;
        return (row != Row.HYBRID || stack.boringSsl()) && !(bulk && stack.messages());
    }

    @Override
    public int factor() {
        return stack.boringSsl() ? NATIVE_FACTOR : 1;
    }

    @Override
    public long[] liveBytes() throws IOException {
        return Arrays.stream(process.ask("memory").split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** Lets the JVM end by itself, and waits. */
    void end() throws InterruptedException {
        process.end();
    }

    @Override
    public void close() {
        process.close();
    }
}
