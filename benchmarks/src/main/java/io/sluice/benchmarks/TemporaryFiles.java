package io.sluice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A directory for one run's key stores. */
final class TemporaryFiles {

    private TemporaryFiles() {}

    static Path directory() throws IOException {
        return Files.createTempDirectory("sluice-benchmark");
    }

    static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> listed = Files.list(directory)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(directory);
    }
}
