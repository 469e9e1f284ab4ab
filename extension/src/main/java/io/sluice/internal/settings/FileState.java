package io.sluice.internal.settings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file or a directory at one moment. Two states are equal if the content was: the bytes of a file, or the names in a directory. The
 * attributes only save reading a file that has not changed. Immutable.
 */
public final class FileState {

    /** The content of a path without a file. */
    private static final String ABSENT = "absent";

    /**
     * A file that was written so recently may be written again without a change of its time, because file systems measure time in
     * steps of up to two seconds.
     */
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(3);

    /** What a change of content changes too. The real path notices an exchanged link. */
    private record Attributes(
            Path real,
            long size,
            FileTime modified,
            @Nullable Object key) {

        static Attributes of(Path path) throws IOException {
            Path real = path.toRealPath();
            BasicFileAttributes read = Files.readAttributes(real, BasicFileAttributes.class);
            return new Attributes(real, read.size(), read.lastModifiedTime(), read.fileKey());
        }
    }

    private final Optional<Attributes> attributes;
    private final Instant seen;
    private final String content;
    private final Optional<Predicate<Path>> listed;

    /** Whether the path may be something else than a path, by mistake. */
    private final boolean doubtful;

    private FileState(
            Optional<Attributes> attributes,
            Instant seen,
            String content,
            Optional<Predicate<Path>> listed,
            boolean doubtful) {
        this.doubtful = doubtful;
        this.attributes = attributes;
        this.seen = seen;
        this.content = content;
        this.listed = listed;
    }

    /**
     * The state of a file, read now.
     *
     * @param file an absolute path
     * @return its state, also if it cannot be read
     */
    public static FileState ofFile(Path file) {
        return hashed(file, attributes(file), Instant.now(), false);
    }

    /**
     * The state of a file whose path may be a password by mistake, read now.
     *
     * @param file an absolute path
     * @return its state, also if it cannot be read
     */
    static FileState ofDoubtfulFile(Path file) {
        return hashed(file, attributes(file), Instant.now(), true);
    }

    /**
     * Tests whether the path may be shown.
     *
     * @return false if it may be a password, and no file of that name exists
     */
    public boolean isShown() {
        return !doubtful || !content.equals(ABSENT);
    }

    /**
     * The state of a directory, read now.
     *
     * @param directory an absolute path
     * @param listed the entries that count
     * @return its state, also if it cannot be read
     */
    public static FileState ofDirectory(Path directory, Predicate<Path> listed) {
        Instant now = Instant.now();
        String content;
        try (Stream<Path> entries = Files.list(directory)) {
            content = entries.filter(listed)
                    .map(entry -> entry.getFileName().toString())
                    .sorted()
                    .collect(Collectors.joining("\n", "entries\n", ""));
        } catch (IOException | UncheckedIOException e) {
            content = unreadable(e);
        }
        return new FileState(Optional.empty(), now, content, Optional.of(listed), false);
    }

    /**
     * The state of the same path now. A file is read only if one of its attributes changed, or if it was written shortly before it was
     * last seen.
     *
     * @param path the path of this state
     * @return its state, also if it cannot be read
     */
    public FileState now(Path path) {
        if (listed.isPresent()) {
            return ofDirectory(path, listed.get());
        }
        Instant now = Instant.now();
        Optional<Attributes> current = attributes(path);
        return current.isPresent() && current.equals(attributes) && isSettled(current.get())
                ? this
                : hashed(path, current, now, doubtful);
    }

    private boolean isSettled(Attributes current) {
        return current.modified().toInstant().plus(SETTLED_AFTER).isBefore(seen);
    }

    private static Optional<Attributes> attributes(Path file) {
        try {
            return Optional.of(Attributes.of(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static FileState hashed(Path file, Optional<Attributes> attributes, Instant now, boolean doubtful) {
        return new FileState(attributes, now, content(file, attributes), Optional.empty(), doubtful);
    }

    /** Only the digest of the bytes is kept, because they may be a key. */
    private static String content(Path file, Optional<Attributes> attributes) {
        if (attributes.filter(known -> known.size() > FileContent.LIMIT).isPresent()) {
            return "too long";
        }
        try {
            return Files.isRegularFile(file) || !Files.exists(file) ? digest(file) : "not a file";
        } catch (IOException e) {
            return unreadable(e);
        }
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = Sha256.digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] part = new byte[8192];
            int length = in.read(part);
            for (long all = 0; length >= 0 && all <= FileContent.LIMIT; all += length) {
                digest.update(part, 0, length);
                length = in.read(part);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String unreadable(Exception e) {
        return e instanceof NoSuchFileException ? ABSENT : e.getClass().getName();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FileState state && state.content.equals(content);
    }

    @Override
    public int hashCode() {
        return Objects.hash(content);
    }

    @Override
    public String toString() {
        return content;
    }
}
