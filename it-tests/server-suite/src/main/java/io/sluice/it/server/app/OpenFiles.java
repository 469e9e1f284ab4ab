package io.sluice.it.server.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The open files and sockets of this JVM on Linux: files by their paths, sockets by their ports. */
public final class OpenFiles {

    private static final Path SELF = Path.of("/proc/self");

    private OpenFiles() {}

    /** Collects garbage first, because the jars that OpenWebBeans scans stay open until then. */
    static List<String> open() throws IOException {
        System.gc();
        Map<String, String> sockets = sockets();
        try (Stream<Path> open = Files.list(SELF.resolve("fd"))) {
            return open.flatMap(descriptor -> target(descriptor).stream())
                    .map(target -> sockets.getOrDefault(target, target))
                    .sorted()
                    .toList();
        }
    }

    /** Returns an empty text if it was closed meanwhile, as that of the listing itself is. */
    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns the targets of the descriptors. */
    private static Map<String, String> sockets() throws IOException {
        Map<String, String> sockets = new HashMap<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(SELF.resolve("net").resolve(table))) {
                String[] columns = line.strip().split("\\s+");
                if (columns[0].endsWith(":")) {
                    sockets.put(
                            "socket:[" + columns[9] + "]",
                            "socket of port " + port(columns[1]) + " to port " + port(columns[2]));
                }
            }
        }
        return sockets;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1), 16);
    }
}
