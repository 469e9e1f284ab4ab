package io.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A server JVM of its own, seen from the process that measures it. */
final class ServerProcess implements AutoCloseable {

    /** For the servers' JVMs too: a profile, say. */
    private static final String JVM_ARGUMENTS = System.getProperty("servers.jvm", "");

    /** A recording would announce itself where the ports are expected. */
    private static final String QUIET_RECORDING = "-Xlog:jfr+startup=error";

    private final String label;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final List<Integer> ports;

    private ServerProcess(String label, Process process) throws IOException {
        this.label = label;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.ports = Arrays.stream(answer().split(" ")).map(Integer::valueOf).toList();
    }

    /** Starts a server in the same JDK as this process, on a core of its own where its CPU is to be measured. */
    static ServerProcess start(Stack stack, ServerMode mode, Path store) throws IOException {
        return start(
                stack.label(),
                mode == ServerMode.IDLE ? List.of() : Cores.pinnedTo(Cores.SERVER),
                List.of("-Xms512m", "-Xmx512m"),
                List.of(ServerMain.class.getName(), stack.name(), mode.name(), store.toString()));
    }

    /** Starts an echo server with a JVM of these arguments, on a core of its own. */
    static ServerProcess start(Contender contender, List<String> jvm, Path store) throws IOException {
        return start(
                contender.label(),
                Cores.pinnedTo(Cores.SERVER),
                Stream.concat(jvm.stream(), contender.jvm().stream()).toList(),
                List.of(EchoServerMain.class.getName(), contender.name(), store.toString()));
    }

    private static ServerProcess start(String label, List<String> pinned, List<String> jvm, List<String> program)
            throws IOException {
        List<String> command = new ArrayList<>(pinned);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(QUIET_RECORDING);
        command.addAll(jvm);
        Arrays.stream(JVM_ARGUMENTS.split(" "))
                .filter(argument -> !argument.isEmpty())
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(program);
        return new ServerProcess(
                label,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server " + label + " has ended");
        }
        return line;
    }

    String label() {
        return label;
    }

    long pid() {
        return process.pid();
    }

    /** Where it speaks TLS. */
    int port() {
        return ports.get(0);
    }

    /** Where it speaks without, if it does. */
    int plainPort() {
        return ports.get(1);
    }

    /** CPU time of the whole process so far: its threads, its compiler, its collector. */
    double cpuSeconds() throws IOException {
        return Cores.cpuSeconds(process.pid());
    }

    /** Bytes of the process's memory that are in RAM. */
    long residentBytes() throws IOException {
        return Resident.bytes(process.pid());
    }

    /** Bytes of heap in use after a collection, and of direct buffers. */
    long memory() throws IOException {
        commands.println("memory");
        return Long.parseLong(answer());
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
