package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.metrics.BatchCallback;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableDoubleMeasurement;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.metrics.ObservableMeasurement;
import io.sluice.internal.metrics.Labels;
import io.sluice.internal.metrics.Metric;
import io.sluice.internal.metrics.MetricSink;
import io.sluice.internal.metrics.Readings;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reports through instruments of OpenTelemetry. What is read is read when somebody collects. */
final class OpenTelemetrySink implements MetricSink {

    private final Readings readings;
    private final LabelAttributes attributes = new LabelAttributes();
    private final Map<Metric, LongCounter> counters = new EnumMap<>(Metric.class);
    private final Map<Metric, DoubleHistogram> histograms = new EnumMap<>(Metric.class);
    private final Map<Metric, ObservableLongMeasurement> counts = new EnumMap<>(Metric.class);
    private final Map<Metric, ObservableDoubleMeasurement> gauges = new EnumMap<>(Metric.class);
    private final BatchCallback callback;
    private volatile boolean closed;

    OpenTelemetrySink(Meter meter, Readings readings) {
        this.readings = readings;
        for (Metric metric : Metric.values()) {
            switch (metric.instrument()) {
                case HISTOGRAM -> histograms.put(metric, histogram(meter, metric));
                case GAUGE -> gauges.put(metric, gauge(meter, metric));
                case UP_DOWN_COUNTER -> counts.put(metric, upDownCounter(meter, metric));
                case COUNTER -> {
                    if (metric.isRecorded()) {
                        counters.put(metric, counter(meter, metric));
                    } else {
                        counts.put(metric, readCounter(meter, metric));
                    }
                }
            }
        }
        List<ObservableMeasurement> read = Stream.concat(counts.values().stream(), gauges.values().stream())
                .toList();
        this.callback = meter.batchCallback(
                this::observe, read.get(0), read.stream().skip(1).toArray(ObservableMeasurement[]::new));
    }

    private static DoubleHistogram histogram(Meter meter, Metric metric) {
        return meter.histogramBuilder(metric.key())
                .setUnit(metric.unit())
                .setDescription(metric.meaning())
                .setExplicitBucketBoundariesAdvice(metric.buckets())
                .build();
    }

    private static LongCounter counter(Meter meter, Metric metric) {
        return meter.counterBuilder(metric.key())
                .setUnit(metric.unit())
                .setDescription(metric.meaning())
                .build();
    }

    private static ObservableLongMeasurement readCounter(Meter meter, Metric metric) {
        return meter.counterBuilder(metric.key())
                .setUnit(metric.unit())
                .setDescription(metric.meaning())
                .buildObserver();
    }

    private static ObservableLongMeasurement upDownCounter(Meter meter, Metric metric) {
        return meter.upDownCounterBuilder(metric.key())
                .setUnit(metric.unit())
                .setDescription(metric.meaning())
                .buildObserver();
    }

    private static ObservableDoubleMeasurement gauge(Meter meter, Metric metric) {
        return meter.gaugeBuilder(metric.key())
                .setUnit(metric.unit())
                .setDescription(metric.meaning())
                .buildObserver();
    }

    private void observe() {
        Map<Metric, Map<Labels, Double>> values = readings.current();
        counts.forEach((metric, measurement) -> values.getOrDefault(metric, Map.of())
                .forEach((labels, value) -> measurement.record(value.longValue(), attributes.of(metric, labels))));
        gauges.forEach((metric, measurement) -> values.getOrDefault(metric, Map.of())
                .forEach((labels, value) -> measurement.record(value, attributes.of(metric, labels))));
    }

    @Override
    public void add(Metric metric, Labels labels, long amount) {
        LongCounter counter = counters.get(metric);
        if (counter != null && !closed) {
            counter.add(amount, attributes.of(metric, labels));
        }
    }

    @Override
    public void record(Metric metric, Labels labels, long nanos) {
        DoubleHistogram histogram = histograms.get(metric);
        if (histogram != null && !closed) {
            histogram.record(nanos / 1e9, attributes.of(metric, labels));
        }
    }

    /** The instruments ask again at each collection. */
    @Override
    public void refresh() {}

    @Override
    public void close() {
        closed = true;
        callback.close();
    }
}
