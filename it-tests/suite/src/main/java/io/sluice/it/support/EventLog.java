package io.sluice.it.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** What observers have seen, each under its own word. */
public final class EventLog {

    /** An observed event. */
    public record Seen(String observer, Object event, ClassLoader loader) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    public void add(String observer, Object event) {
        seen.add(new Seen(observer, event, Thread.currentThread().getContextClassLoader()));
    }

    public void clear() {
        seen.clear();
    }

    /** The events of a type that an observer has seen. */
    public <E> List<E> of(String observer, Class<E> type) {
        return seen.stream()
                .filter(one -> one.observer().equals(observer))
                .map(Seen::event)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public List<Seen> all() {
        return seen;
    }

    /** Waits until an observer has seen a number of events of a type, and returns the last of these. */
    public <E> E await(String observer, Class<E> type, int count) {
        Awaitility.await(observer + " sees " + type.getSimpleName())
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(20))
                .until(() -> of(observer, type).size() >= count);
        return of(observer, type).get(count - 1);
    }
}
