package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many files and sockets a process may have open. Linux only. */
final class Descriptors {

    private static final String KEY = "Max open files";

    /** What a JVM has open besides: jars, modules, selectors. */
    private static final int OTHERS = 300;

    private Descriptors() {}

    /** Fails unless this process, and so one that it starts, may have this many connections. A JVM raises its own limit to the hard one. */
    static void require(int connections) throws IOException {
        String limit = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith(KEY))
                .map(line -> line.substring(KEY.length()).strip().split(" +")[0])
                .findAny()
                .orElse("unlimited");
        if (!limit.equals("unlimited") && Long.parseLong(limit) < connections + OTHERS) {
            throw new IOException(connections + " connections need " + (connections + OTHERS)
                    + " descriptors in the client's process, and as many in the server's; the limit is " + limit
                    + ". Raise it (ulimit -Hn, and LimitNOFILE of a service), or ask for fewer connections");
        }
    }
}
