package io.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server JVM of its own, seen from the process that measures it. */
final class ServerProcess implements AutoCloseable {

    private final Stack stack;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final int port;

    private ServerProcess(Stack stack, Process process) throws IOException {
        this.stack = stack;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.port = Integer.parseInt(answer());
    }

    /** Starts a server in the same JDK as this process, on a core of its own where its CPU is to be measured. */
    static ServerProcess start(Stack stack, ServerMode mode, Path store) throws IOException {
        List<String> command = new ArrayList<>(mode == ServerMode.IDLE ? List.of() : Cores.pinnedTo(Cores.SERVER));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xms512m", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(ServerMain.class.getName(), stack.name(), mode.name(), store.toString()));
        return new ServerProcess(
                stack,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server " + stack.label() + " has ended");
        }
        return line;
    }

    Stack stack() {
        return stack;
    }

    int port() {
        return port;
    }

    /** CPU time of the whole process so far: its threads, its compiler, its collector. */
    double cpuSeconds() throws IOException {
        return Cores.cpuSeconds(process.pid());
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
