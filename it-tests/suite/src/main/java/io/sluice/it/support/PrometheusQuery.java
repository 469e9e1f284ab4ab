package io.sluice.it.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A query of the dashboard or of an alert, with the names in it.
 *
 * @param text the query
 * @param selected the labels that select series, by the name of the series
 * @param grouping the labels by which the result is grouped
 */
public record PrometheusQuery(String text, Map<String, Set<String>> selected, Set<String> grouping) {

    public static final Path DASHBOARD = Path.of("..", "docs", "grafana", "sluice.json");
    public static final Path ALERTS = Path.of("..", "docs", "prometheus", "sluice-alerts.yml");

    private static final Pattern EXPR = Pattern.compile("\"expr\": \"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern VARIABLE = Pattern.compile("\"query\": \"label_values\\((\\w+), (\\w+)\\)\"");
    private static final Pattern RULE = Pattern.compile("(?m)^ +expr: (?:>-\\n((?: {10,}.*\\n)+)|(.*)\\n)");
    private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("\\b(sluice_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(?:=~|!~|!=|=)");

    public static List<PrometheusQuery> all() throws IOException {
        String dashboard = Files.readString(DASHBOARD);
        return Stream.of(
                        EXPR.matcher(dashboard)
                                .results()
                                .map(result -> result.group(1).replace("\\\"", "\"")),
                        VARIABLE.matcher(dashboard)
                                .results()
                                .map(result -> "count by (" + result.group(2) + ") (" + result.group(1) + ")"),
                        RULE.matcher(Files.readString(ALERTS))
                                .results()
                                .map(result -> result.group(1) == null ? result.group(2) : result.group(1)))
                .flatMap(texts -> texts)
                .map(PrometheusQuery::of)
                .toList();
    }

    private static PrometheusQuery of(String text) {
        Set<String> grouping = new TreeSet<>();
        Matcher by = BY.matcher(text);
        while (by.find()) {
            grouping.addAll(List.of(by.group(1).split(", *")));
        }
        String rest = by.replaceAll("by ()").replaceAll("\"[^\"]*\"", "\"\"");
        Map<String, Set<String>> selected = new HashMap<>();
        Matcher selector = SELECTOR.matcher(rest);
        while (selector.find()) {
            Set<String> labels = selected.computeIfAbsent(selector.group(1), name -> new TreeSet<>());
            Matcher matcher = MATCHER.matcher(selector.group(2) == null ? "" : selector.group(2));
            while (matcher.find()) {
                labels.add(matcher.group(1));
            }
        }
        return new PrometheusQuery(text.strip(), selected, grouping);
    }
}
