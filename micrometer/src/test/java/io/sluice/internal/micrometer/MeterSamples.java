package io.sluice.internal.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.sluice.internal.metrics.Metric;
import io.sluice.it.support.Sample;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The samples of a registry. */
final class MeterSamples {

    private MeterSamples() {}

    static List<Sample> of(MeterRegistry registry) {
        return registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith("sluice."))
                .filter(meter -> meter.getId().getTag("le") == null) // This registry has no better place for buckets.
                .map(MeterSamples::of)
                .toList();
    }

    private static Sample of(Meter meter) {
        Map<String, String> attributes = new TreeMap<>();
        meter.getId().getTags().forEach(tag -> attributes.put(tag.getKey(), tag.getValue()));
        attributes.values().removeIf("none"::equals);
        String unit = String.valueOf(meter.getId().getBaseUnit());
        String name = meter.getId().getName();
        return new Sample(name, instrument(meter), unit(unit), attributes, value(meter));
    }

    /** Micrometer has one gauge for what OpenTelemetry distinguishes. */
    private static String instrument(Meter meter) {
        if (meter instanceof Timer) {
            return "histogram";
        }
        if (meter instanceof Gauge) {
            return Stream.of(Metric.values())
                    .filter(metric -> metric.key().equals(meter.getId().getName()))
                    .map(metric -> metric.instrument().toString())
                    .filter(List.of("gauge", "up-down counter")::contains)
                    .findAny()
                    .orElse("no gauge");
        }
        return "counter";
    }

    private static String unit(String unit) {
        return switch (unit) {
            case "null" -> "";
            case "bytes" -> "By";
            case "seconds" -> "s";
            case "days" -> "d";
            default -> unit;
        };
    }

    private static double value(Meter meter) {
        if (meter instanceof Timer timer) {
            return timer.count();
        } else if (meter instanceof Counter counter) {
            return counter.count();
        } else if (meter instanceof FunctionCounter counter) {
            return counter.count();
        } else {
            return ((Gauge) meter).value();
        }
    }
}
