package io.sluice.stream;

import io.sluice.internal.Internal;
import io.sluice.stream.InitargKey.Use;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The initargs of one call: Sluice's own, and those for the stream class. Immutable.
 *
 * @hidden
 */
@Internal
public final class Initargs {

    /** Shared by all connections without initargs, which are most. */
    private static final Initargs NONE = new Initargs();

    private final Map<InitargKey<?>, Object> library = new LinkedHashMap<>();
    private final Map<String, Object> assisted = new HashMap<>();

    private Initargs() {}

    /**
     * Sorts the initargs of a call.
     *
     * @param initargs the initargs
     * @return the sorted initargs
     * @throws IllegalArgumentException if an initarg is null, duplicated or invalid
     * @throws NullPointerException if the value of an initarg is null
     */
    static Initargs of(Initarg... initargs) {
        if (Objects.requireNonNull(initargs, "initargs").length == 0) {
            return NONE;
        }
        Initargs sorted = new Initargs();
        for (int i = 0; i < initargs.length; i++) {
            if (initargs[i] == null) {
                throw new IllegalArgumentException("initarg " + (i + 1) + " of " + initargs.length + " is null");
            }
            sorted.add(initargs[i]);
        }
        return sorted;
    }

    private void add(Initarg initarg) {
        InitargKey<?> key = initarg.key();
        Object before = key == null ? assisted.put(initarg.name(), initarg.value()) : library.put(key, initarg.value());
        if (before != null) {
            throw new IllegalArgumentException("initarg '" + initarg.name() + "' was passed twice. Pass it once");
        }
    }

    Initargs forCreator() {
        return requireUse(
                Use.CREATE, "is for connectors only: the socket passed to a creator is already connected. Omit it");
    }

    Initargs forConnector() {
        return requireUse(Use.CONNECT, "is for creators only: a server sends no PROXY header to its client. Omit it");
    }

    private Initargs requireUse(Use use, String otherwise) {
        for (InitargKey<?> key : library.keySet()) {
            if (!key.uses().contains(use)) {
                throw new IllegalArgumentException("initarg '" + key.name() + "' " + otherwise);
            }
        }
        return this;
    }

    Initargs forAttach() {
        String otherwise = "does not apply to attachSsl. Pass it when the stream is created";
        assisted.keySet().stream().findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("initarg '" + name + "' " + otherwise);
        });
        return requireUse(Use.ATTACH, otherwise);
    }

    /** Adds those of the earlier initargs that a later attach inherits. */
    Initargs inheriting(Initargs earlier) {
        Initargs joined = new Initargs();
        earlier.library.forEach((name, value) -> {
            if (name.uses().contains(Use.LATER_ATTACH)) {
                joined.library.put(name, value);
            }
        });
        joined.library.putAll(library);
        return joined;
    }

    /**
     * Returns the initargs for the stream class.
     *
     * @return the values by name, unmodifiable
     */
    public Map<String, Object> assisted() {
        return Map.copyOf(assisted);
    }

    /**
     * Returns whether there are initargs for the stream class.
     *
     * @return true if {@link #assisted()} is not empty
     */
    public boolean anyAssisted() {
        return !assisted.isEmpty();
    }

    /**
     * Returns the value for one injection point of the stream class.
     *
     * @param name the name of the point
     * @return the value; empty if there is no such initarg
     */
    public Optional<Object> assisted(String name) {
        return Optional.ofNullable(assisted.get(name));
    }

    /**
     * Returns the initargs that the stream class does not take.
     *
     * @param taken the names that the stream class takes
     * @return the other names
     */
    public Set<String> notAmong(Set<String> taken) {
        Set<String> left = new LinkedHashSet<>(assisted.keySet());
        left.removeAll(taken);
        return left;
    }

    boolean has(InitargKey<?> key) {
        return library.containsKey(key);
    }

    /** The cast is safe because {@link Initarg} accepts only values of the key's type. */
    @SuppressWarnings("unchecked")
    <T> Optional<T> get(InitargKey<T> key) {
        return library.isEmpty() ? Optional.empty() : Optional.ofNullable((T) library.get(key));
    }

    <T> T get(InitargKey<T> key, T otherwise) {
        return library.isEmpty() ? otherwise : get(key).orElse(otherwise);
    }
}
