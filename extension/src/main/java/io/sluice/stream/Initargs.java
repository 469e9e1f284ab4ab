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
 * The initargs of one call, sorted: the library's own, and those for the stream class. Immutable.
 *
 * @hidden
 */
@Internal
public final class Initargs {

    /** Most calls have none: their connections share these. */
    private static final Initargs NONE = new Initargs();

    private final Map<InitargKey<?>, Object> library = new LinkedHashMap<>();
    private final Map<String, Object> assisted = new HashMap<>();

    private Initargs() {}

    /**
     * Sorts the arguments of a call.
     *
     * @param initargs the arguments
     * @return the sorted arguments
     * @throws IllegalArgumentException if an initarg is null, duplicated or invalid
     * @throws NullPointerException if the value of one is null
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
            throw new IllegalArgumentException("initarg \"" + initarg.name() + "\" was given twice: give it once");
        }
    }

    Initargs forCreator() {
        return requireUse(Use.CREATE, "is the connector's: the socket given to a creator is connected already");
    }

    Initargs forConnector() {
        return requireUse(Use.CONNECT, "is the creator's: a server that is connected to sends none");
    }

    private Initargs requireUse(Use use, String otherwise) {
        for (InitargKey<?> key : library.keySet()) {
            if (!key.uses().contains(use)) {
                throw new IllegalArgumentException("initarg \"" + key.name() + "\" " + otherwise);
            }
        }
        return this;
    }

    Initargs forAttach() {
        String otherwise = "does not apply to attachSsl: give it when the stream is made";
        assisted.keySet().stream().findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("initarg \"" + name + "\" " + otherwise);
        });
        return requireUse(Use.ATTACH, otherwise);
    }

    /** These, and of the earlier ones those that last. */
    Initargs over(Initargs earlier) {
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
     * The arguments for the stream class.
     *
     * @return values by name, unmodifiable
     */
    public Map<String, Object> assisted() {
        return Map.copyOf(assisted);
    }

    /**
     * Whether there are any for the stream class.
     *
     * @return true if {@link #assisted()} is not empty
     */
    public boolean anyAssisted() {
        return !assisted.isEmpty();
    }

    /**
     * The value for one point of the stream class.
     *
     * @param name the point's name
     * @return the value, or empty if it was not given
     */
    public Optional<Object> assisted(String name) {
        return Optional.ofNullable(assisted.get(name));
    }

    /**
     * The arguments that nothing takes.
     *
     * @param taken the names that the stream class takes
     * @return the names given that are not taken
     */
    public Set<String> notAmong(Set<String> taken) {
        Set<String> left = new LinkedHashSet<>(assisted.keySet());
        left.removeAll(taken);
        return left;
    }

    boolean has(InitargKey<?> key) {
        return library.containsKey(key);
    }

    /** The value has the key's type, because {@link Initarg} takes no other. */
    @SuppressWarnings("unchecked")
    <T> Optional<T> get(InitargKey<T> key) {
        return Optional.ofNullable((T) library.get(key));
    }

    <T> T get(InitargKey<T> key, T otherwise) {
        return get(key).orElse(otherwise);
    }
}
