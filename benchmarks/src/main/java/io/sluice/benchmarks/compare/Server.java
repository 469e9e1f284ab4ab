package io.sluice.benchmarks.compare;

import io.sluice.benchmarks.compare.server.Ports;
import java.io.IOException;

/** A running server. */
interface Server extends AutoCloseable {

    /** What it is called in tables. */
    String label();

    /** The number of its JDK; 0 if it has none. */
    int jdk();

    long pid();

    Ports ports();

    /** Whether it can be measured in this way. */
    boolean can(Row row);

    /** How many times as much load it gets in a round, so that its CPU time is not lost in the noise. */
    default int factor() {
        return 1;
    }

    /** How the load client has to speak to it. */
    default String kind(Row row) {
        return row.kind();
    }

    /** Bytes of heap and of direct memory after collections. */
    default long[] liveBytes() throws IOException {
        return new long[] {0, 0};
    }

    @Override
    void close();
}
