package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a process occupies of RAM. Linux only. */
final class Resident {

    private static final String KEY = "VmRSS:";

    private Resident() {}

    static long bytes(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                        .filter(line -> line.startsWith(KEY))
                        .map(line ->
                                line.substring(KEY.length()).replace("kB", "").strip())
                        .mapToLong(Long::parseLong)
                        .findAny()
                        .orElseThrow(() -> new IOException("process " + pid + " has no " + KEY + " in its status"))
                * 1024;
    }
}
