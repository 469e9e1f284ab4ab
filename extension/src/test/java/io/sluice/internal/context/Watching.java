package io.sluice.internal.context;

import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.handshake.ContextCallbacks;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The context {@code web}, watched as in an application, with short periods. */
final class Watching implements AutoCloseable {

    private final Map<String, String> properties = new ConcurrentHashMap<>();
    private final ReloadableContext context;
    private final ContextRegistry registry;
    private final List<Object> events = new CopyOnWriteArrayList<>();
    private final ContextWatch watch;

    private final ContextWatch.Events noting = new ContextWatch.Events() {
        @Override
        public <E> void fire(String name, Class<E> type, E event) {
            events.add(event);
        }

        @Override
        public boolean observes(String name, Object event) {
            return true;
        }
    };

    /** Watches a context whose keys have no prefix in the parameters. */
    Watching(String... keysAndValues) throws Exception {
        this(ContextCallbacks.NONE, keysAndValues);
    }

    Watching(ContextCallbacks callbacks, String... keysAndValues) throws Exception {
        this(Optional.of(Duration.ofMillis(40)), callbacks, keysAndValues);
    }

    /** The same with the pause between two looks that applications have. */
    static Watching asInAnApplication(String... keysAndValues) throws Exception {
        return new Watching(Optional.empty(), ContextCallbacks.NONE, keysAndValues);
    }

    private Watching(Optional<Duration> secondLook, ContextCallbacks callbacks, String... keysAndValues)
            throws Exception {
        watch = secondLook.isPresent()
                ? new ContextWatch(noting, Optional::empty, secondLook.get())
                : new ContextWatch(noting, Optional::empty);
        properties.put("sluice.ssl.web.reload-period", "40ms");
        properties.putAll(NamedContexts.properties(keysAndValues));
        this.registry = new ContextRegistry(Map.of(
                "web",
                ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.live(properties)), "web", callbacks)));
        this.context = (ReloadableContext) registry.get("web");
        context.load();
        watch.start(registry);
    }

    void set(String key, String value) {
        properties.put("sluice.ssl.web." + key, value);
    }

    ReloadableContext context() {
        return context;
    }

    ContextWatch watch() {
        return watch;
    }

    long generation() {
        return context.generation().orElseThrow().number();
    }

    <E> List<E> events(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for an event, and returns the last one. */
    <E> E await(Class<E> type, int count) {
        Awaitility.await()
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .atMost(20, TimeUnit.SECONDS)
                .until(() -> events(type).size() >= count);
        return events(type).get(count - 1);
    }

    /** Waits until the sources have been looked at several times from now on. */
    void awaitLooks() {
        for (int look = 0; look < 4; look++) {
            Optional<java.time.Instant> next = context.describe().nextLook();
            Awaitility.await()
                    .pollInterval(5, TimeUnit.MILLISECONDS)
                    .atMost(20, TimeUnit.SECONDS)
                    .until(() -> !context.describe().nextLook().equals(next));
        }
    }

    @Override
    public void close() {
        watch.stop();
    }
}
