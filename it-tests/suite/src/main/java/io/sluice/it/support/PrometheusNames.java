package io.sluice.it.support;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names in what Prometheus scrapes: the labels of each series, by the name of the series. */
public record PrometheusNames(Map<String, Set<String>> labels) {

    private static final Pattern LINE = Pattern.compile("(?m)^(sluice_\\w+)(?:\\{(.*)})? \\S+.*$");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");

    public static PrometheusNames of(String scrape) {
        Map<String, Set<String>> labels = new TreeMap<>();
        Matcher line = LINE.matcher(scrape);
        while (line.find()) {
            Set<String> known = labels.computeIfAbsent(line.group(1), name -> new TreeSet<>());
            Matcher label = LABEL.matcher(line.group(2) == null ? "" : line.group(2));
            while (label.find()) {
                known.add(label.group(1));
            }
        }
        return new PrometheusNames(labels);
    }

    /** The name that a metric of the table has in Prometheus; a distribution's count stands for its three names. */
    public static String of(MetricTable.Row row) {
        String name = row.metric().replace('.', '_')
                + switch (row.unit()) {
                    case "s" -> "_seconds";
                    case "By" -> "_bytes";
                    case "d" -> "_days";
                    default -> "";
                };
        return switch (row.instrument()) {
            case "counter" -> name + "_total";
            case "histogram" -> name + "_count";
            default -> name;
        };
    }
}
