package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Stack;
import java.util.List;

/**
 * How much is measured.
 *
 * @param name short or full
 * @param settling rounds before, which are not counted: a server compiles again when another load begins
 * @param rounds how often each figure is taken
 * @param warmUp full handshakes before. With the other loads and the settling rounds, a server has more than the 10,000 that JSSE needs
 * @param connections of a round
 * @param megabytes of a round, in each direction
 * @param trips round trips of a round
 * @param colds how many fresh JVMs are started for the figures of a cold start
 * @param idle how many connections are open when memory is measured
 */
record Plan(
        String name,
        int settling,
        int rounds,
        int warmUp,
        int connections,
        int megabytes,
        int trips,
        int colds,
        List<Integer> idle) {

    private static final int MOST_THREADS = 2_000;

    static final Plan SHORT = new Plan("short", 0, 3, 1_000, 200, 64, 3_000, 1, List.of(1, 100, 1_000));

    static final Plan FULL =
            new Plan("full", 2, 5, 6_000, 400, 192, 10_000, 3, List.of(1, 10, 100, 1_000, 2_000, 10_000));

    /** Every row, as little of it as there can be: shows that all of it works. */
    static final Plan CHECK = new Plan("check", 0, 1, 20, 10, 16, 200, 1, List.of(1, 20));

    static Plan of(String name) {
        return switch (name) {
            case "short" -> SHORT;
            case "full" -> FULL;
            case "check" -> CHECK;
            default ->
                throw new IllegalArgumentException("no such form: " + name + "; there are short, full and check");
        };
    }

    /** A thread of the system for each connection takes minutes and more than a gigabyte for 10,000 of them. */
    List<Integer> idle(Stack stack) {
        return idle.stream()
                .filter(number -> number <= MOST_THREADS
                        || stack.virtual()
                        || stack.messages()
                        || stack.name().startsWith("NETTY"))
                .toList();
    }

    /** Of the other loads than full handshakes: they share most of their code. */
    int furtherWarmUp() {
        return warmUp / 5;
    }

    /** Before memory is measured: enough for compiled code, which holds fewer objects. */
    int memoryWarmUp() {
        return warmUp / 3;
    }
}
