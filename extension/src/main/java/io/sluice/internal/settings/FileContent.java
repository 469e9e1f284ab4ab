package io.sluice.internal.settings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;

/** Reads regular files up to a limit: a pipe would block, and a device may have no end. */
public record FileContent(Setting setting, Problems problems) {

    /** Lists of revoked certificates of large authorities take some ten megabytes. */
    public static final int LIMIT = 64 * 1024 * 1024;

    /** The bytes; empty if there is a problem, which is then reported. Links are followed. */
    public Optional<byte[]> of(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                problems.error(setting, "'" + path + "' is a directory", "Name a file in it");
                return Optional.empty();
            }
            if (!attributes.isRegularFile()) {
                problems.error(
                        setting, "'" + path + "' is a pipe or a device, not a regular file", "Name a regular file");
                return Optional.empty();
            }
            if (attributes.size() > LIMIT) {
                return tooLong("the file '" + path + "'");
            }
            try (InputStream in = Files.newInputStream(path)) {
                return of(in, "the file '" + path + "'");
            }
        } catch (NoSuchFileException | FileNotFoundException e) {
            problems.error(
                    setting,
                    "the file '" + path + "' does not exist" + seenFrom(path),
                    "Create the file, or correct the path");
        } catch (AccessDeniedException e) {
            problems.error(
                    setting, "the file '" + path + "' may not be read", "Give this process the right to read it");
        } catch (IOException e) {
            problems.error(setting, "the file '" + path + "' cannot be read: " + e, "Make it readable");
        }
        return Optional.empty();
    }

    /** What a stream gives, which need not be as long as its file says. */
    public Optional<byte[]> of(InputStream in, String what) throws IOException {
        byte[] bytes = in.readNBytes(LIMIT + 1);
        return bytes.length > LIMIT ? tooLong(what) : Optional.of(bytes);
    }

    private Optional<byte[]> tooLong(String what) {
        problems.error(
                setting,
                String.format(Locale.ROOT, "%s has more than %,d bytes", what, LIMIT),
                "Name a file of certificates or keys");
        return Optional.empty();
    }

    private static String seenFrom(Path path) {
        return path.isAbsolute() ? "" : " (seen from '" + Path.of("").toAbsolutePath() + "')";
    }
}
