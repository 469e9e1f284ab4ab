package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Stack;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** The plots of a run, as SVG. */
final class Plots {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 460;

    private final Results results;
    private final Path directory;

    Plots(Results results, Path directory) {
        this.results = results;
        this.directory = directory;
    }

    /** A group of bars for each server, a bar for each row. */
    void bars(String name, String title, int jdk, List<Stack> stacks, Row... rows) throws IOException {
        List<String> labels = stacks.stream()
                .map(Stack::label)
                .filter(label -> results.median(rows[0], jdk, label).isPresent())
                .toList();
        if (labels.isEmpty()) {
            return;
        }
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title + " (JDK " + jdk + ")")
                .yAxisTitle(rows[0].unit().label())
                .build();
        style(chart.getStyler());
        chart.getStyler().setAvailableSpaceFill(.8);
        chart.getStyler().setXAxisLabelRotation(30);
        chart.getStyler().setYAxisMin(0.0);
        for (Row row : rows) {
            List<Double> amounts = labels.stream()
                    .map(label -> results.median(row, jdk, label).orElse(0))
                    .toList();
            chart.addSeries(row.label(), labels, amounts);
        }
        save(chart, name);
    }

    /** The server's memory by the number of open connections. */
    void growth(String name, int jdk, List<Stack> stacks) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("heap and direct memory of idle connections (JDK " + jdk + ")")
                .xAxisTitle("connections")
                .yAxisTitle("MiB")
                .build();
        style(chart.getStyler());
        boolean any = false;
        for (Stack stack : stacks) {
            List<Double> numbers = new ArrayList<>();
            List<Double> memory = new ArrayList<>();
            for (Held held : results.held()) {
                if (held.jdk() == jdk && held.server().equals(stack.label())) {
                    numbers.add((double) held.connections());
                    memory.add((held.heapKib() + held.directKib()) * held.connections() / 1024);
                }
            }
            if (!numbers.isEmpty()) {
                chart.addSeries(stack.label(), numbers, memory);
                any = true;
            }
        }
        if (any) {
            save(chart, name);
        }
    }

    private static void style(Styler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideS);
        styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    }

    private void save(Chart<?, ?> chart, String name) throws IOException {
        VectorGraphicsEncoder.saveVectorGraphic(chart, directory.resolve(name).toString(), VectorGraphicsFormat.SVG);
    }
}
