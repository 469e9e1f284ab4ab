package io.sluice.it.tomee;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The server's process, seen from the tests. */
final class ServerProcess {

    private final Process process;
    private final Path log;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.requests = new DataOutputStream(process.getOutputStream());
        this.answers = new DataInputStream(process.getInputStream());
    }

    static ServerProcess start(TomEeConfiguration configuration) throws IOException {
        Path logs = Files.createDirectories(configuration.home().resolve("logs"));
        Path temporary = Files.createDirectories(configuration.home().resolve("temp"));
        Path log = logs.resolve("server.log");
        List<String> command = new ArrayList<>();
        command.add(configuration.java().toString());
        command.addAll(configuration.javaVmArguments());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-cp");
        command.add(
                ownClasses() + File.pathSeparator + configuration.libraries().resolve("*"));
        command.add(TomEeProcess.class.getName());
        command.add(configuration.home().toString());
        command.add(String.valueOf(configuration.httpPort()));
        ServerProcess started = new ServerProcess(
                new ProcessBuilder(command)
                        .directory(configuration.home().toFile())
                        .redirectError(log.toFile())
                        .start(),
                log);
        started.answer();
        return started;
    }

    private static String ownClasses() {
        URL location = TomEeProcess.class.getProtectionDomain().getCodeSource().getLocation();
        return Path.of(URI.create(location.toString())).toString();
    }

    synchronized Answer ask(Request request) throws IOException {
        request.write(requests);
        return answer();
    }

    private Answer answer() throws IOException {
        try {
            return Answer.read(answers);
        } catch (EOFException e) {
            throw new IOException("the server has ended; see " + log, e);
        }
    }

    synchronized void stop() throws IOException {
        requests.close();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException("still running after a minute");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
