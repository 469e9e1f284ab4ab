package io.sluice.internal.client;

import io.sluice.stream.SocketStreamException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a client has done since the start. Thread-safe. */
final class ClientFigures {

    private final LongAdder opened = new LongAdder();
    private final LongAdder lent = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final Map<Discard, LongAdder> discarded = adders(Discard.class);
    private final Map<SocketStreamException.Kind, LongAdder> failed = adders(SocketStreamException.Kind.class);

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        return Stream.of(type.getEnumConstants())
                .collect(Collectors.toMap(
                        constant -> constant,
                        constant -> new LongAdder(),
                        (one, other) -> one,
                        () -> new EnumMap<>(type)));
    }

    void countOpened() {
        opened.increment();
    }

    void countLent() {
        lent.increment();
    }

    void countTimeout() {
        timeouts.increment();
    }

    void count(Discard why) {
        Objects.requireNonNull(discarded.get(why), "why").increment();
    }

    void count(SocketStreamException.Kind kind) {
        Objects.requireNonNull(failed.get(kind), "kind").increment();
    }

    long opened() {
        return opened.sum();
    }

    long lent() {
        return lent.sum();
    }

    long timeouts() {
        return timeouts.sum();
    }

    Map<Discard, Long> discarded() {
        return sums(discarded);
    }

    Map<SocketStreamException.Kind, Long> failed() {
        return sums(failed);
    }

    /** Without those that are zero. */
    private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> adders) {
        return adders.entrySet().stream()
                .filter(adder -> adder.getValue().sum() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, adder -> adder.getValue().sum()));
    }
}
