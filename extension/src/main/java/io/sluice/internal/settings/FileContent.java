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

/**
 * Reads regular files up to a size limit. A pipe would block, and a device may have no end.
 *
 * @param setting what names the file, for messages
 * @param problems takes what is wrong
 * @param limit the most bytes
 * @param advice what to do about a file that has more
 */
public record FileContent(Setting setting, Problems problems, int limit, String advice) {

    /** The revocation lists of large authorities have some ten megabytes. */
    public static final int LIMIT = 64 * 1024 * 1024;

    /** Reads files of certificates and keys. */
    public FileContent(Setting setting, Problems problems) {
        this(setting, problems, LIMIT, "Name a file of certificates or keys");
    }

    /** Returns the bytes, or nothing after reporting a problem. Links are followed. */
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
            if (attributes.size() > limit) {
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
                    setting,
                    "this process is not allowed to read the file '" + path + "'",
                    "Grant it permission to read the file");
        } catch (IOException e) {
            problems.error(setting, "the file '" + path + "' cannot be read: " + e, "Make it readable");
        }
        return Optional.empty();
    }

    /** Reads a stream, which may be longer than its file's size. */
    public Optional<byte[]> of(InputStream in, String what) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        return bytes.length > limit ? tooLong(what) : Optional.of(bytes);
    }

    private Optional<byte[]> tooLong(String what) {
        problems.error(setting, String.format(Locale.ROOT, "%s has more than %,d bytes", what, limit), advice);
        return Optional.empty();
    }

    private static String seenFrom(Path path) {
        return path.isAbsolute() ? "" : " (seen from '" + Path.of("").toAbsolutePath() + "')";
    }
}
