package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Stack;
import java.util.Optional;
import java.util.OptionalDouble;

/** The goals beside what the run measured. */
final class GoalTable {

    private static final int CONNECTIONS = 10_000;

    private final Results results;
    private final Tables tables;

    GoalTable(Results results, Tables tables) {
        this.results = results;
        this.tables = tables;
    }

    /** For the figures where less is better, or for those where more is. */
    String of(int jdk, boolean moreIsBetter) {
        StringBuilder table = new StringBuilder(
                ("| JDK %d | before | at %s | creator | endpoint | A/A | reached |%n|---|---|---|---|---|---|---|%n")
                        .formatted(jdk, moreIsBetter ? "least" : "most"));
        for (Goal goal : Goal.of(jdk)) {
            if (goal.moreIsBetter() == moreIsBetter) {
                table.append(line(goal));
            }
        }
        if (!moreIsBetter) {
            table.append(idle(jdk, "JDK", Stack.SLUICE_JDK_VIRTUAL, Stack.ENDPOINT_JDK_VIRTUAL, "13.7", 10.5));
            table.append(
                    idle(jdk, "BoringSSL", Stack.SLUICE_BORINGSSL_VIRTUAL, Stack.ENDPOINT_BORINGSSL_VIRTUAL, "–", 7));
        }
        return table.toString();
    }

    private String line(Goal goal) {
        OptionalDouble creator = ratio(goal, goal.creator());
        OptionalDouble endpoint = ratio(goal, goal.endpoint());
        OptionalDouble pair =
                results.ratio(goal.row(), goal.jdk(), Stack.SSLSOCKET_AGAIN.label(), Stack.SSLSOCKET.label());
        return "| %s | %s | %s | %s | %s | %s | %s |%n"
                .formatted(
                        goal.what(),
                        goal.before(),
                        Figure.ratio(OptionalDouble.of(goal.limit())),
                        Figure.ratio(creator),
                        Figure.ratio(endpoint),
                        Figure.ratio(pair),
                        reached(creator, endpoint, goal));
    }

    private OptionalDouble ratio(Goal goal, Stack stack) {
        return results.ratio(goal.row(), goal.jdk(), stack.label(), goal.base().label());
    }

    private static String reached(OptionalDouble creator, OptionalDouble endpoint, Goal goal) {
        if (creator.isEmpty() && endpoint.isEmpty()) {
            return "not measured";
        }
        return word(
                creator.isPresent() && goal.reached(creator.getAsDouble()),
                endpoint.isPresent() && goal.reached(endpoint.getAsDouble()));
    }

    private static String word(boolean creator, boolean endpoint) {
        if (creator && endpoint) {
            return "yes";
        }
        return creator ? "by the creator" : endpoint ? "by the endpoint" : "**no**";
    }

    private String idle(int jdk, String engine, Stack creator, Stack endpoint, String before, double limit) {
        Optional<Held> created = tables.held(jdk, creator.label(), CONNECTIONS);
        Optional<Held> accepted = tables.held(jdk, endpoint.label(), CONNECTIONS);
        if (created.isEmpty() && accepted.isEmpty()) {
            return "";
        }
        return "| KiB of heap of each of 10,000 idle connections, %s | %s | %s | %s | %s | – | %s |%n"
                .formatted(
                        engine,
                        before,
                        Figure.amount(limit),
                        heap(created),
                        heap(accepted),
                        word(
                                created.filter(held -> held.heapKib() <= limit).isPresent(),
                                accepted.filter(held -> held.heapKib() <= limit).isPresent()));
    }

    private static String heap(Optional<Held> held) {
        return held.map(one -> Figure.amount(one.heapKib())).orElse("–");
    }
}
