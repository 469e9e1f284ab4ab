package io.sluice.it.server.app;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory of this JVM on Linux, and the copies of BoringSSL's native library that are mapped into it. */
public final class MappedMemory {

    private static final Path SELF = Path.of("/proc/self");

    private MappedMemory() {}

    /** Collects garbage first. Returns the copies, the resident memory in KiB, and the bytes of the heap that are in use. */
    static String read() throws IOException {
        System.gc();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return copies() + " " + resident() + " " + heap;
    }

    /** Each loading makes a file of its own, which may be deleted while it is mapped. */
    private static long copies() throws IOException {
        try (Stream<String> mappings = Files.lines(SELF.resolve("maps"))) {
            return mappings.filter(line -> line.contains("netty_tcnative"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .count();
        }
    }

    private static long resident() throws IOException {
        try (Stream<String> lines = Files.lines(SELF.resolve("status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow();
        }
    }
}
