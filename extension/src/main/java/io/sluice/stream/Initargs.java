package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.Internal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The initargs of one call, sorted: the library's own, and those for the stream class. Immutable.
 *
 * @hidden
 */
@Internal
public final class Initargs {

    /** Most calls have none: their connections share these. */
    private static final Initargs NONE = new Initargs();

    private final Map<LibraryInitarg, Object> library = new EnumMap<>(LibraryInitarg.class);
    private final Map<String, Object> assisted = new HashMap<>();

    private Initargs() {}

    /**
     * Sorts the arguments of a call.
     *
     * @param initargs the arguments
     * @return the sorted arguments
     * @throws IllegalArgumentException if one is null, given twice or cannot be
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
        Object before = initarg.key() instanceof LibraryInitarg own
                ? library.put(own, initarg.value())
                : assisted.put(initarg.name(), initarg.value());
        if (before != null) {
            throw new IllegalArgumentException("initarg \"" + initarg.name() + "\" was given twice: give it once");
        }
    }

    /** Refuses what only a connector can use. */
    Initargs forCreator() {
        refuse(
                LibraryInitarg::connectorOnly,
                "\" is the connector's: the socket given to a creator is connected already");
        return this;
    }

    /** Refuses what only a creator can use. */
    Initargs forConnector() {
        refuse(LibraryInitarg::creatorOnly, "\" is the creator's: a server that is connected to sends none");
        return this;
    }

    private void refuse(Predicate<LibraryInitarg> refused, String why) {
        for (LibraryInitarg name : library.keySet()) {
            if (refused.test(name)) {
                throw new IllegalArgumentException("initarg \"" + name.label() + why);
            }
        }
    }

    /** Refuses what says nothing of TLS on a living connection. */
    Initargs forAttach() {
        Stream.concat(
                        library.keySet().stream()
                                .filter(name -> !name.attachable())
                                .map(LibraryInitarg::label),
                        assisted.keySet().stream())
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException(
                            "initarg \"" + name + "\" does not apply to attachSsl: give it when the stream is made");
                });
        return this;
    }

    /** These, and of the earlier ones those that last. */
    Initargs over(Initargs earlier) {
        Initargs joined = new Initargs();
        earlier.library.forEach((name, value) -> {
            if (name.kept()) {
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

    boolean has(LibraryInitarg name) {
        return library.containsKey(name);
    }

    /** The value of one of the library's own; the factories of {@link Initarg} gave each name its one type. */
    @SuppressWarnings("unchecked")
    <T> Optional<T> own(LibraryInitarg name) {
        return Optional.ofNullable((T) library.get(name));
    }

    boolean errorp(boolean otherwise) {
        return this.<Boolean>own(LibraryInitarg.ERRORP).orElse(otherwise);
    }

    Optional<SslContextSpecifier> sslContext() {
        return own(LibraryInitarg.SSL_CONTEXT);
    }

    SslSide side(SslSide otherwise) {
        return this.<SslSide>own(LibraryInitarg.SSL_SIDE).orElse(otherwise);
    }

    Optional<String> serverName() {
        return own(LibraryInitarg.SERVER_NAME);
    }

    List<String> alpn() {
        return this.<List<String>>own(LibraryInitarg.ALPN).orElse(List.of());
    }

    Duration duration(LibraryInitarg name, Duration otherwise) {
        return this.<Duration>own(name).orElse(otherwise);
    }

    Handshake handshake() {
        return this.<Handshake>own(LibraryInitarg.HANDSHAKE).orElse(Handshake.EAGER);
    }

    Direction direction() {
        return this.<Direction>own(LibraryInitarg.DIRECTION).orElse(Direction.BOTH);
    }

    Charset charset() {
        return this.<Charset>own(LibraryInitarg.CHARSET).orElse(StandardCharsets.UTF_8);
    }
}
