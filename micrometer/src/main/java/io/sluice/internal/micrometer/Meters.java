package io.sluice.internal.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.sluice.internal.metrics.Attribute;
import io.sluice.internal.metrics.Labels;
import io.sluice.internal.metrics.Metric;
import io.sluice.internal.metrics.Metric.Instrument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Makes meters. A registry as Prometheus' needs the same tags for all meters of one name, so what does not apply is "none". */
record Meters(MeterRegistry registry) {

    private static final String ABSENT = "none";

    Counter counter(Metric metric, Labels labels) {
        return Counter.builder(metric.key())
                .description(metric.meaning())
                .baseUnit(unit(metric))
                .tags(tags(metric, labels))
                .register(registry);
    }

    Timer timer(Metric metric, Labels labels) {
        return Timer.builder(metric.key())
                .description(metric.meaning())
                .serviceLevelObjectives(metric.buckets().stream()
                        .map(seconds -> Duration.ofNanos(Math.round(seconds * 1e9)))
                        .toArray(Duration[]::new))
                .tags(tags(metric, labels))
                .register(registry);
    }

    /** A meter whose value is read when somebody wants to know. */
    <T> Meter reading(Metric metric, Labels labels, T source, ToDoubleFunction<T> value) {
        return metric.instrument() == Instrument.COUNTER
                ? FunctionCounter.builder(metric.key(), source, value)
                        .description(metric.meaning())
                        .baseUnit(unit(metric))
                        .tags(tags(metric, labels))
                        .register(registry)
                : Gauge.builder(metric.key(), source, value)
                        .description(metric.meaning())
                        .baseUnit(unit(metric))
                        .tags(tags(metric, labels))
                        .register(registry);
    }

    /** Micrometer's word for a unit. It gives what is counted no unit, as the names of the metrics say it. */
    private static @Nullable String unit(Metric metric) {
        return switch (metric.unit()) {
            case "By" -> "bytes";
            case "s" -> "seconds";
            case "d" -> "days";
            default -> null;
        };
    }

    private static List<Tag> tags(Metric metric, Labels labels) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < metric.attributes().size(); i++) {
            Attribute attribute = metric.attributes().get(i);
            tags.add(Tag.of(
                    attribute.key(), Objects.requireNonNullElse(labels.values().get(i), ABSENT)));
        }
        return tags;
    }
}
