package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.sluice.it.support.Sample;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The samples of a collection. */
final class MetricDataSamples {

    private MetricDataSamples() {}

    static List<Sample> of(Collection<MetricData> metrics) {
        return metrics.stream()
                .filter(metric -> metric.getInstrumentationScopeInfo().getName().equals("io.sluice"))
                .flatMap(metric -> metric.getData().getPoints().stream().map(point -> of(metric, point)))
                .toList();
    }

    private static Sample of(MetricData metric, PointData point) {
        String unit = metric.getUnit().startsWith("{") ? "" : metric.getUnit();
        return new Sample(metric.getName(), instrument(metric), unit, attributes(point.getAttributes()), value(point));
    }

    private static String instrument(MetricData metric) {
        return switch (metric.getType()) {
            case LONG_SUM -> metric.getLongSumData().isMonotonic() ? "counter" : "up-down counter";
            case DOUBLE_GAUGE -> "gauge";
            case HISTOGRAM -> "histogram";
            default -> metric.getType().name();
        };
    }

    private static Map<String, String> attributes(Attributes attributes) {
        Map<String, String> texts = new TreeMap<>();
        attributes.forEach((key, value) -> texts.put(key.getKey(), String.valueOf(value)));
        return texts;
    }

    private static double value(PointData point) {
        if (point instanceof LongPointData data) {
            return data.getValue();
        } else if (point instanceof DoublePointData data) {
            return data.getValue();
        } else {
            return ((HistogramPointData) point).getCount();
        }
    }
}
