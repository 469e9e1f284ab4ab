package io.sluice.testing.internal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A peer that is a separate process, such as {@code openssl s_client}. Its output is collected. */
public final class ProcessPeer implements Closeable {
    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final Thread collector;

    ProcessPeer(Process process) {
        this.process = process;
        this.collector = new Thread(
                this::collect, "output of " + process.info().command().orElse("a process"));
        collector.setDaemon(true);
        collector.start();
    }

    /** Starts a program. If it is not installed, the test is skipped with a message that says so. */
    public static ProcessPeer start(String... command) throws IOException {
        requireInstalled(program(command));
        return new ProcessPeer(
                new ProcessBuilder(List.of(command)).redirectErrorStream(true).start());
    }

    /** Skips the test with a message that says so if a program is not installed. */
    public static void requireInstalled(String program) {
        assumeTrue(installed(program), () -> program + " is not installed: this test needs it as a peer");
    }

    /** The program that {@code env} runs is the one that counts. */
    private static String program(String... command) {
        return Stream.of(command)
                .skip(command[0].equals("env") ? 1 : 0)
                .dropWhile(part -> command[0].equals("env") && part.contains("="))
                .findFirst()
                .orElse(command[0]);
    }

    private static boolean installed(String program) {
        return Files.isExecutable(Path.of(program).toAbsolutePath())
                || List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
                        .map(directory -> Path.of(directory, program))
                        .anyMatch(Files::isExecutable);
    }

    private void collect() {
        byte[] b = new byte[4096];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(b); n >= 0; n = in.read(b)) {
                output.append(new String(b, 0, n, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            // The process was destroyed.
        }
    }

    /** Returns true until the process has ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Writes a line to the standard input of the process. */
    public void sendLine(String line) throws IOException {
        process.getOutputStream().write((line + '\n').getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Closes the standard input of the process. */
    public void closeInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Waits until the process has printed a text. */
    public void awaitOutput(String text) {
        awaitOutputAfter(0, text);
    }

    /** Waits until the process has printed a text after a number of other characters. */
    public void awaitOutputAfter(int earlier, String text) {
        awaitOutputAfter(earlier, text, Duration.ofSeconds(20));
    }

    /** The same for a process that takes long. */
    public void awaitOutputAfter(int earlier, String text, Duration patience) {
        Awaitility.await(text).atMost(patience).until(() -> output.indexOf(text, earlier) >= 0);
    }

    /** Asks the process to end (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Returns what the process has printed so far. */
    public String output() {
        return output.toString();
    }

    /** Waits for the process to end by itself, and returns all that it printed. */
    public String awaitEnd() throws InterruptedException {
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            throw new AssertionError("The process did not end; it printed: " + output);
        }
        collector.join(TimeUnit.SECONDS.toMillis(5));
        return output.toString();
    }

    /** Returns the exit code of a process that has ended. */
    public int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
