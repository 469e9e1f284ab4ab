package io.sluice.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The load client: a native program, built from {@code src/main/c} when the comparison starts, on a core of its own. It checks of each
 * connection that it is what the row says, and fails otherwise.
 */
final class LoadClient implements AutoCloseable {

    private static final Path SOURCES = Path.of("src", "main", "c");

    private final Answers process;

    private double cpuMicros;
    private double wallMicros;

    private LoadClient(Answers process) {
        this.process = process;
    }

    static LoadClient build(Path directory, Path keys) throws IOException, InterruptedException {
        Path program = directory.resolve("load");
        List<String> sources;
        try (Stream<Path> files = Files.list(SOURCES)) {
            sources = files.map(Path::toString)
                    .filter(name -> name.endsWith(".c"))
                    .toList();
        }
        try {
            Command.of("cc", "-O2", "-Wall", "-Wextra", "-o", program.toString())
                    .with(sources)
                    .with("-lssl", "-lcrypto")
                    .run();
        } catch (IOException e) {
            throw new IOException(
                    "the load client cannot be built. It needs a C compiler (cc) and OpenSSL's headers;"
                            + " on Debian: apt-get install gcc libc6-dev libssl-dev. The reason: " + e.getMessage(),
                    e);
        }
        return new LoadClient(
                Answers.start("the load client", Cores.CLIENT.pinned(Command.of(program.toString(), keys.toString()))));
    }

    /** Runs a command; the result depends on it. */
    long run(String command) throws IOException {
        String[] answer = process.ask(command).split(" ", 4);
        if (!answer[0].equals("ok")) {
            throw new IOException(command + ": " + String.join(" ", answer));
        }
        cpuMicros += Double.parseDouble(answer[1]);
        wallMicros += Double.parseDouble(answer[2]);
        return Long.parseLong(answer[3]);
    }

    /** The CPU time of another process so far, user and system, of all its threads: what /proc has, but to the nanosecond. */
    double cpuSeconds(long pid) throws IOException {
        return run("cpu " + pid) / 1e9;
    }

    /** Since it was asked last: the share of the time that it used its core. If it is near 1, it is the client that is measured. */
    double busy() {
        double busy = wallMicros == 0 ? 0 : cpuMicros / wallMicros;
        cpuMicros = 0;
        wallMicros = 0;
        return busy;
    }

    @Override
    public void close() {
        process.close();
    }
}
