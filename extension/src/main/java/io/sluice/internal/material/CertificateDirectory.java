package io.sluice.internal.material;

import io.sluice.internal.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the files of certificates in a directory, such as a mounted secret. */
final class CertificateDirectory {

    private CertificateDirectory() {}

    /**
     * Returns the files in the order of their names, each as a setting of its own, or none after reporting a problem. Files that are
     * added or removed later are noticed.
     */
    static List<Setting> files(Setting setting, Path directory, MaterialReading reading) {
        reading.files().directory(directory, CertificateDirectory::counts);
        try (Stream<Path> entries = Files.list(directory)) {
            List<Setting> files = entries.filter(CertificateDirectory::counts)
                    .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                    .map(entry -> setting.element(entry.toString()))
                    .toList();
            if (files.isEmpty()) {
                reading.problems()
                        .error(
                                setting,
                                "the directory '" + directory + "' holds no *.pem or *.crt file",
                                "Put the certificates to trust into it, or correct the path");
            }
            return files;
        } catch (AccessDeniedException e) {
            reading.problems()
                    .error(
                            setting,
                            "this process is not allowed to list the directory '" + directory + "'",
                            "Grant it permission to list the directory");
        } catch (IOException | UncheckedIOException e) {
            reading.problems()
                    .error(setting, "the directory '" + directory + "' cannot be listed: " + e, "Make it readable");
        }
        return List.of();
    }

    /** Kubernetes keeps the files of a mounted secret in hidden directories, and exchanges them. */
    private static boolean counts(Path entry) {
        String name = entry.getFileName().toString().toLowerCase(Locale.ROOT);
        return !name.startsWith(".") && (name.endsWith(".pem") || name.endsWith(".crt")) && !Files.isDirectory(entry);
    }
}
