package io.sluice.benchmarks;

import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problems;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.spi.Extension;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.Config;

/**
 * What the beans of 100 named contexts add to a Weld boot. Each boot's time is told apart: reading the settings (read once
 * more just before, by the same calls), loading the contexts (seen by an extension around the library's), and the rest.
 * Cold boots run in fresh JVMs, warm ones by turns in this one. Arguments: how many warm (60) and cold (7) boots of each, and by
 * which clock, {@code WALL} or, on a machine that does other work too, {@code THREAD}.
 */
final class ContextBoot {

    private static final int MANY = 100;

    private ContextBoot() {}

    /** Milliseconds of one boot. */
    private record Times(double total, double reading, double loading) {

        double rest() {
            return total - reading - loading;
        }

        static Times parse(String line) {
            String[] parts = line.split(" ");
            return new Times(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Clock clock = arguments.length > 2 ? Clock.valueOf(arguments[2]) : Clock.WALL;
        if (arguments.length > 0 && arguments[0].equals("one")) {
            Times times = boot(Integer.parseInt(arguments[1]), clock);
            System.out.printf("%f %f %f%n", times.total, times.reading, times.loading);
            return;
        }
        int warm = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 60;
        int cold = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
        System.out.printf("JDK %s, milliseconds (%s), medians%n", System.getProperty("java.version"), clock);
        System.out.printf("%-24s %8s %9s %9s %8s%n", "", "boot", "settings", "loading", "rest");
        List<Times> few = new ArrayList<>();
        List<Times> many = new ArrayList<>();
        for (int i = 0; i < cold; i++) {
            few.add(fresh(1, clock));
            many.add(fresh(MANY, clock));
        }
        report("cold", few, many);
        few.clear();
        many.clear();
        for (int i = 0; i < warm; i++) {
            boot(1, clock);
            boot(MANY, clock);
        }
        for (int i = 0; i < warm; i++) {
            few.add(boot(1, clock));
            many.add(boot(MANY, clock));
        }
        report("warm", few, many);
    }

    private static void report(String title, List<Times> few, List<Times> many) {
        print(title + ", 1 context", few);
        print(title + ", " + MANY + " contexts", many);
        List<Double> added = new ArrayList<>();
        for (int i = 0; i < few.size(); i++) {
            added.add(many.get(i).rest() - few.get(i).rest());
        }
        System.out.printf(
                "%s: the beans add %.1f ms (quartiles %.1f to %.1f, %d pairs)%n",
                title, Quantile.of(added, 0.5), Quantile.of(added, 0.25), Quantile.of(added, 0.75), added.size());
    }

    private static void print(String title, List<Times> times) {
        System.out.printf(
                "%-24s %8.1f %9.1f %9.1f %8.1f%n",
                title,
                median(times.stream().map(Times::total).toList()),
                median(times.stream().map(Times::reading).toList()),
                median(times.stream().map(Times::loading).toList()),
                median(times.stream().map(Times::rest).toList()));
    }

    private static double median(List<Double> values) {
        return Quantile.of(values, 0.5);
    }

    private static Times fresh(int contexts, Clock clock) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ContextBoot.class.getName(),
                        "one",
                        Integer.toString(contexts),
                        clock.name())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            return Times.parse(out.readLine());
        }
    }

    private static Times boot(int contexts, Clock clock) {
        Config config = WeldApplication.configuration(properties(contexts));
        long readingBegan = clock.nanos();
        read(config);
        double reading = clock.millisSince(readingBegan);
        PhaseClock phases = new PhaseClock(clock);
        long began = clock.nanos();
        SeContainer container = WeldApplication.start(config, new Extension[] {phases});
        double total = clock.millisSince(began);
        container.close();
        return new Times(total, reading, phases.loadingMillis());
    }

    private static Map<String, String> properties(int contexts) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < contexts; i++) {
            properties.put("sluice.ssl.context-" + i + ".handshake-timeout", "5s");
        }
        return properties;
    }

    private static void read(Config config) {
        SluiceConfiguration configuration = SluiceConfiguration.of(config);
        Problems problems = new Problems();
        configuration.reportUnknownKeys(problems);
        configuration.read(ContextName.DEFAULT);
        configuration.configuredNames().forEach(name -> configuration.read(new ContextName(name)));
    }
}
