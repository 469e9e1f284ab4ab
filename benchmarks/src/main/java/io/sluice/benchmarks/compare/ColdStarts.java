package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Stack;
import java.io.IOException;
import java.nio.file.Path;

/** The first connections of a fresh JVM that has reported that it is ready. */
final class ColdStarts {

    private static final int NEXT = 50;

    private final LoadClient client;
    private final Results results;

    ColdStarts(LoadClient client, Results results) {
        this.client = client;
        this.results = results;
    }

    void measure(Stack stack, Jdk jdk, Path keys, int round) throws IOException {
        try (ServerJvm server = ServerJvm.start(stack, jdk, keys)) {
            String where = server.ports().number(Row.FIRST.door()) + " " + Row.FIRST.kind();
            double millis = client.run("first " + where) / 1e3;
            results.add(new Sample(Row.FIRST, server.jdk(), server.label(), round, millis));
            double before = client.cpuSeconds(server.pid());
            client.run("connections " + where + " " + NEXT);
            double each = (client.cpuSeconds(server.pid()) - before) * 1e3 / NEXT;
            results.add(new Sample(Row.NEXT_50, server.jdk(), server.label(), round, each));
        }
    }
}
