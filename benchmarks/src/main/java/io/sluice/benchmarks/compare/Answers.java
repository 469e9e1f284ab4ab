package io.sluice.benchmarks.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** A process that answers each line of its standard input with a line, and ends with it. */
final class Answers implements AutoCloseable {

    private static final int END_MINUTES = 2;

    private final String name;
    private final Process process;
    private final BufferedReader answers;
    private final PrintStream commands;
    private final String first;

    private Answers(String name, Process process) throws IOException {
        this.name = name;
        this.process = process;
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        this.first = answer();
    }

    /** Starts it; it has to print a line when it is ready. */
    static Answers start(String name, Command command) throws IOException {
        return new Answers(
                name,
                new ProcessBuilder(command.words())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    private String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(name + " has ended");
        }
        return line;
    }

    /** What it printed when it was ready. */
    String first() {
        return first;
    }

    String ask(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    long pid() {
        return process.pid();
    }

    /** Lets it end by itself, and waits. */
    void end() throws InterruptedException {
        commands.close();
        if (!process.waitFor(END_MINUTES, TimeUnit.MINUTES)) {
            close();
            throw new IllegalStateException(name + " did not end in " + END_MINUTES + " minutes");
        }
    }

    @Override
    public void close() {
        commands.close();
        process.destroy();
    }
}
