package io.sluice.it.server.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;

/**
 * The process of a {@link LibraryServer}, seen from the tests. They talk to it over a connection, because servers and their JVMs
 * print to the standard output. What is printed goes to {@code logs/server.log} in the server's home.
 */
final class LibraryServerProcess {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final Socket connection;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    private LibraryServerProcess(Process process, Path log, Socket connection) throws IOException {
        this.process = process;
        this.log = log;
        this.connection = connection;
        requests = new DataOutputStream(connection.getOutputStream());
        answers = new DataInputStream(connection.getInputStream());
    }

    /** Starts it, and waits until the server is running. */
    static LibraryServerProcess start(ServerConfiguration configuration) throws IOException {
        Path log = directory(configuration, "logs").resolve("server.log");
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = new ProcessBuilder(command(configuration, listener.getLocalPort()))
                    .directory(configuration.home().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try {
                LibraryServerProcess server = new LibraryServerProcess(process, log, accept(listener, process, log));
                server.answer();
                return server;
            } catch (IOException e) {
                process.destroyForcibly();
                throw e;
            }
        }
    }

    /** Does not wait for a process that has ended before it connected. */
    private static Socket accept(ServerSocket listener, Process process, Path log) throws IOException {
        listener.setSoTimeout((int) DEADLINE.toMillis());
        process.onExit().thenRun(() -> close(listener));
        try {
            Socket connection = listener.accept();
            connection.setSoTimeout((int) DEADLINE.toMillis());
            return connection;
        } catch (SocketException e) {
            throw new IOException("the server ended with " + process.exitValue() + "; see " + log, e);
        }
    }

    private static void close(ServerSocket listener) {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(ServerConfiguration configuration, int port) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(configuration.javaHome().resolve("bin/java").toString());
        command.addAll(configuration.javaVmArguments());
        for (String entry : configuration.classPath().split(File.pathSeparator)) {
            command.addAll(opened(Path.of(entry)));
        }
        command.add("-Djava.io.tmpdir=" + directory(configuration, "temp"));
        command.add("-cp");
        command.add(configuration.classPath() + File.pathSeparator + ownClasses());
        command.add(configuration.mainClass());
        command.add(String.valueOf(port));
        command.add(configuration.home().toString());
        command.add(String.valueOf(configuration.httpPort()));
        return command;
    }

    /** The options that {@code java -jar} would take from the manifest of a jar. */
    private static List<String> opened(Path jar) throws IOException {
        List<String> options = new ArrayList<>();
        if (Files.isRegularFile(jar)) {
            try (JarFile file = new JarFile(jar.toFile())) {
                for (String option : List.of("Add-Opens", "Add-Exports")) {
                    String packages = file.getManifest().getMainAttributes().getValue(option);
                    for (String name : packages == null ? new String[0] : packages.split(" ")) {
                        options.add("--" + option.toLowerCase(Locale.ROOT) + "=" + name + "=ALL-UNNAMED");
                    }
                }
            }
        }
        return options;
    }

    private static Path ownClasses() {
        URL location = LibraryServer.class.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(location.toString()));
    }

    private static Path directory(ServerConfiguration configuration, String name) throws IOException {
        return Files.createDirectories(configuration.home().resolve(name));
    }

    /**
     * Makes a request.
     *
     * @return the stack trace of the server's exception; empty if there is none
     */
    synchronized String request(String request, Path archive) throws IOException {
        requests.writeUTF(request);
        requests.writeUTF(archive.toString());
        requests.flush();
        return answer();
    }

    private String answer() throws IOException {
        try {
            return new String(answers.readNBytes(answers.readInt()), StandardCharsets.UTF_8);
        } catch (EOFException e) {
            throw new IOException("the server has ended; see " + log, e);
        }
    }

    synchronized void stop() throws IOException {
        connection.close();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("still running after " + DEADLINE.toSeconds() + " s; see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
