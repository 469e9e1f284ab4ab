package io.sluice.benchmarks;

import java.util.List;
import java.util.Locale;

/** What a load showed of each server, in a table of Markdown. */
final class EchoResults {

    private final List<String> servers;
    private final Rounds cpu;
    private final Rounds rate;
    private final Rounds client;

    EchoResults(List<String> servers) {
        this.servers = servers;
        this.cpu = new Rounds(servers);
        this.rate = new Rounds(servers);
        this.client = new Rounds(servers);
    }

    /**
     * Adds a round.
     *
     * @param server the server's label
     * @param micros server CPU of an operation, in µs
     * @param perSecond operations in a second that passed
     * @param busy the client's CPU, as a share of the time that passed
     */
    void add(String server, double micros, double perSecond, double busy) {
        cpu.add(server, micros);
        rate.add(server, perSecond);
        client.add(server, busy);
    }

    /** Medians, with the quartiles in parentheses. */
    String table(String title) {
        StringBuilder table = new StringBuilder("\n| " + title + " | server CPU, µs each | × " + servers.get(0)
                + " | a second | × " + servers.get(0) + " | client busy |\n|---|---|---|---|---|---|\n");
        for (String server : servers) {
            table.append("| ").append(server);
            table.append(" | ").append(spread(cpu.of(server), "%.1f"));
            table.append(" | ").append(spread(cpu.ratios(server), "%.2f"));
            table.append(" | ").append(spread(rate.of(server), "%.0f"));
            table.append(" | ").append(spread(rate.ratios(server), "%.2f"));
            table.append(String.format(Locale.ROOT, " | %.0f %% |%n", 100 * Rounds.quantile(client.of(server), 0.5)));
        }
        return table.toString();
    }

    static String spread(List<Double> values, String format) {
        return String.format(
                Locale.ROOT,
                format + " (" + format + "–" + format + ")",
                Rounds.quantile(values, 0.5),
                Rounds.quantile(values, 0.25),
                Rounds.quantile(values, 0.75));
    }
}
