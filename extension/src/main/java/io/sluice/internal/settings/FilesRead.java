package io.sluice.internal.settings;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The files and directories that one load has read or looked for, each with its state just before that. A file that is changed while it
 * is read has another state afterwards, so the change is noticed. Not thread-safe.
 */
public final class FilesRead {

    private final Map<Path, FileState> states = new LinkedHashMap<>();

    /** Nothing read yet. */
    public FilesRead() {}

    /**
     * Records a file that is about to be read.
     *
     * @param file its path
     */
    public void file(Path file) {
        states.computeIfAbsent(file.toAbsolutePath(), FileState::ofFile);
    }

    /**
     * Records a file that is about to be read, whose path may be a password by mistake.
     *
     * @param file its path
     */
    void doubtfulFile(Path file) {
        states.computeIfAbsent(file.toAbsolutePath(), FileState::ofDoubtfulFile);
    }

    /**
     * Records a directory that is about to be listed.
     *
     * @param directory its path
     * @param listed the entries that count
     */
    public void directory(Path directory, Predicate<Path> listed) {
        states.computeIfAbsent(directory.toAbsolutePath(), path -> FileState.ofDirectory(path, listed));
    }

    /**
     * What was recorded.
     *
     * @return an unmodifiable copy, in the order of reading
     */
    public Map<Path, FileState> states() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(states));
    }
}
