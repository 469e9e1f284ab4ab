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
     * This state with further files and values, as they are now. A load that fails early has not come to all of them.
     *
     * @param other names the files and values
     * @return the combined state
     */
    public WatchedState with(WatchedState other) {
        Map<Path, FileState> all = new LinkedHashMap<>(files);
        other.files.forEach((path, state) -> all.computeIfAbsent(path, state::now));
        return new WatchedState(all, values.withPropertiesOf(other.values));
    }

    /**
     * Tests whether this state says the same as another one, and maybe more.
     *
     * @param other another state
     * @return true if all of its files and values are the same here
     */
    public boolean includes(WatchedState other) {
        return values.includes(other.values) && files.entrySet().containsAll(other.files.entrySet());
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
