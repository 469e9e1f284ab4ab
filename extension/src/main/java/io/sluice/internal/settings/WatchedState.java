package io.sluice.internal.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a context's material was read from, at one moment: files, directories, and configured values. Immutable.
 *
 * @param files the state of each file and directory
 * @param values the configured values
 */
public record WatchedState(Map<Path, FileState> files, MaterialValues values) {

    /** Nothing. */
    public static final WatchedState NONE = new WatchedState(Map.of(), MaterialValues.NONE);

    /**
     * The same files and values now.
     *
     * @return their state
     */
    public WatchedState now() {
        Map<Path, FileState> current = new LinkedHashMap<>();
        files.forEach((path, state) -> current.put(path, state.now(path)));
        return new WatchedState(current, values.now());
    }

    /**
     * Tests whether there is nothing to watch. Values alone are not watched.
     *
     * @return true if no file was read
     */
    public boolean isEmpty() {
        return files.isEmpty();
    }
}
