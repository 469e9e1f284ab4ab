package io.sluice.internal.micrometer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.internal.metrics.Labels;
import io.sluice.internal.metrics.Metric;
import io.sluice.internal.metrics.MetricSink;
import io.sluice.internal.metrics.Readings;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Reports through a registry. It removes its meters when it ends, because the registry may outlive the application. */
final class MicrometerSink implements MetricSink {

    /** What distinguishes a meter from the others. */
    private record Identity(Metric metric, Labels labels) {}

    private final MeterRegistry registry;
    private final Readings readings;
    private final Meters meters;
    private final Map<Identity, Counter> counters = new ConcurrentHashMap<>();
    private final Map<Identity, Timer> timers = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<Identity, Meter> read = new HashMap<>();

    @GuardedBy("lock")
    private boolean closed;

    /** The reading whose values have meters. */
    private volatile @Nullable Map<Metric, Map<Labels, Double>> reported;

    MicrometerSink(MeterRegistry registry, Readings readings) {
        this.registry = registry;
        this.readings = readings;
        this.meters = new Meters(registry);
    }

    @Override
    public void add(Metric metric, Labels labels, long amount) {
        Counter counter = meter(counters, new Identity(metric, labels), meters::counter);
        if (counter != null) {
            counter.increment((double) amount);
        }
    }

    @Override
    public void record(Metric metric, Labels labels, long nanos) {
        Timer timer = meter(timers, new Identity(metric, labels), meters::timer);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /** Null after the end. */
    private <M extends Meter> @Nullable M meter(
            Map<Identity, M> known, Identity identity, BiFunction<Metric, Labels, M> maker) {
        M meter = known.get(identity);
        return meter == null ? newMeter(known, identity, maker) : meter;
    }

    private <M extends Meter> @Nullable M newMeter(
            Map<Identity, M> known, Identity identity, BiFunction<Metric, Labels, M> maker) {
        lock.lock();
        try {
            return closed
                    ? null
                    : known.computeIfAbsent(identity, missing -> maker.apply(missing.metric(), missing.labels()));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void refresh() {
        report(readings.again());
    }

    private void report(Map<Metric, Map<Labels, Double>> values) {
        lock.lock();
        try {
            if (!closed) {
                reported = values;
                values.forEach((metric, ofMetric) -> ofMetric.keySet().forEach(labels -> report(metric, labels)));
                read.entrySet().removeIf(entry -> isGone(entry.getKey(), entry.getValue(), values));
            }
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void report(Metric metric, Labels labels) {
        read.computeIfAbsent(
                new Identity(metric, labels),
                missing -> meters.reading(metric, labels, this, sink -> sink.value(metric, labels)));
    }

    /** A server that was started from code may end for good. */
    private boolean isGone(Identity identity, Meter meter, Map<Metric, Map<Labels, Double>> values) {
        boolean gone = !values.getOrDefault(identity.metric(), Map.of()).containsKey(identity.labels());
        if (gone) {
            registry.remove(meter);
        }
        return gone;
    }

    /** Each new reading may have other values to report: the library asks for them the next time. */
    @SuppressWarnings("ReferenceEquality") // A reading is one object.
    private double value(Metric metric, Labels labels) {
        Map<Metric, Map<Labels, Double>> values = readings.current();
        if (values != reported) {
            report(values);
        }
        return values.getOrDefault(metric, Map.of()).getOrDefault(labels, Double.NaN);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            read.values().forEach(registry::remove);
            counters.values().forEach(registry::remove);
            timers.values().forEach(registry::remove);
            read.clear();
            counters.clear();
            timers.clear();
        } finally {
            lock.unlock();
        }
    }
}
