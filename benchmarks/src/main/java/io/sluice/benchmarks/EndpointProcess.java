package io.sluice.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The JVM of an {@link EndpointServer}, seen from the process that measures it. */
final class EndpointProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final int port;

    private EndpointProcess(Process process) throws IOException {
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.port = (int) answer();
    }

    /** Starts it in the same JDK as this process. */
    static EndpointProcess start(Path store, String... properties) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms1g",
                "-Xmx1g",
                "-Djava.util.logging.config.file=none",
                "-cp",
                System.getProperty("java.class.path"),
                EndpointServer.class.getName(),
                store.toString()));
        command.addAll(List.of(properties));
        return new EndpointProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private long answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException("the server has ended");
        }
        return Long.parseLong(line);
    }

    private long ask(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    long pid() {
        return process.pid();
    }

    int port() {
        return port;
    }

    /** Bytes of heap in use after collections, and of direct buffers. */
    long memory() throws IOException {
        return ask("memory");
    }

    long connections() throws IOException {
        return ask("connections");
    }

    /** How many connections have failed until now. */
    long failed() throws IOException {
        return ask("failed");
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
