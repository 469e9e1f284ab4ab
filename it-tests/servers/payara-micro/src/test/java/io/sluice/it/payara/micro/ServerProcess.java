package io.sluice.it.payara.micro;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The process of a {@link ToldServer}, and the connection to tell it on. What it logs goes into {@code logs/server.log} of its home. */
final class ServerProcess implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final Process process;
    private final Socket connection;
    private final DataInputStream in;
    private final DataOutputStream out;

    private ServerProcess(Process process, Socket connection) throws IOException {
        this.process = process;
        this.connection = connection;
        in = new DataInputStream(connection.getInputStream());
        out = new DataOutputStream(connection.getOutputStream());
    }

    /** Starts it, and waits until it is there. */
    static ServerProcess start(PayaraMicroConfiguration configuration) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process process = new ProcessBuilder(command(configuration, listener.getLocalPort()))
                    .redirectErrorStream(true)
                    .redirectOutput(directory(configuration, "logs")
                            .resolve("server.log")
                            .toFile())
                    .start();
            try {
                ServerProcess server = new ServerProcess(process, accept(listener, process));
                server.in.readBoolean();
                return server;
            } catch (IOException e) {
                process.destroyForcibly();
                throw e;
            }
        }
    }

    /** Does not wait for a process that has ended before it called. */
    private static Socket accept(ServerSocket listener, Process process) throws IOException {
        listener.setSoTimeout((int) DEADLINE.toMillis());
        process.onExit().thenRun(() -> close(listener));
        try {
            Socket connection = listener.accept();
            connection.setSoTimeout((int) DEADLINE.toMillis());
            return connection;
        } catch (SocketException e) {
            throw new IOException("Payara Micro ended with " + process.exitValue(), e);
        }
    }

    private static void close(ServerSocket listener) {
        try {
            listener.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(PayaraMicroConfiguration configuration, int port) throws IOException {
        Path jar = configuration.home().resolve("payara-micro.jar");
        List<String> command = new ArrayList<>();
        command.add(configuration.javaHome().resolve("bin/java").toString());
        command.addAll(configuration.javaVmArguments());
        command.addAll(opened(jar));
        command.add("-Djava.io.tmpdir=" + directory(configuration, "tmp"));
        command.add("-cp");
        command.add(jar + File.pathSeparator + classes());
        command.add(ToldServer.class.getName());
        command.add(String.valueOf(port));
        command.add(directory(configuration, "root").toString());
        command.add(String.valueOf(configuration.httpPort()));
        return command;
    }

    /** What {@code java -jar} would open and export, because the jar says so. */
    private static List<String> opened(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> options = new ArrayList<>();
            Attributes attributes = file.getManifest().getMainAttributes();
            for (String open : attributes.getValue("Add-Opens").split(" ")) {
                options.add("--add-opens=" + open + "=ALL-UNNAMED");
            }
            for (String export : attributes.getValue("Add-Exports").split(" ")) {
                options.add("--add-exports=" + export + "=ALL-UNNAMED");
            }
            return options;
        }
    }

    private static String classes() {
        URL location = ToldServer.class.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(location.toString())).toString();
    }

    private static Path directory(PayaraMicroConfiguration configuration, String name) throws IOException {
        return Files.createDirectories(configuration.home().resolve(name));
    }

    /** Whether it could. */
    boolean tell(String command, String operand) throws IOException {
        out.writeUTF(command);
        out.writeUTF(operand);
        return in.readBoolean();
    }

    @Override
    public void close() throws IOException {
        connection.close();
        try {
            if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
