package io.sluice.internal.context;

import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.testing.internal.LogCapture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.awaitility.Awaitility;

/**
 * A context, watched as in an application, with short periods. Its name distinguishes its log lines from those of tests that run at the same
 * time.
 */
final class Watching implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = "watched-" + COUNT.incrementAndGet();
    private final LogCapture log =
            LogCapture.of("io.sluice", line -> line.getMessage().contains("'" + name + "'"));
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
        set("reload-period", "40ms");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            set(keysAndValues[i], keysAndValues[i + 1]);
        }
        this.registry = new ContextRegistry(Map.of(
                name, ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.live(properties)), name, callbacks)));
        this.context = (ReloadableContext) registry.get(name);
        context.load();
        watch.start(registry);
    }

    void set(String key, String value) {
        properties.put("sluice.ssl." + name + "." + key, value);
    }

    /** The context's name. */
    String name() {
        return name;
    }

    /** The log lines about the context. */
    List<LogRecord> log() {
        return log.records();
    }

    /** The warnings among them. */
    List<LogRecord> warnings() {
        return log().stream().filter(line -> line.getLevel() == Level.WARNING).toList();
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
        log.close();
    }
}
