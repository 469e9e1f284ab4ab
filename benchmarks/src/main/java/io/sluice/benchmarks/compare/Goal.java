package io.sluice.benchmarks.compare;

import static io.sluice.benchmarks.compare.server.Stack.ENDPOINT_BORINGSSL;
import static io.sluice.benchmarks.compare.server.Stack.ENDPOINT_BORINGSSL_VIRTUAL;
import static io.sluice.benchmarks.compare.server.Stack.ENDPOINT_JDK;
import static io.sluice.benchmarks.compare.server.Stack.LOOP_JDK;
import static io.sluice.benchmarks.compare.server.Stack.NETTY_BORINGSSL;
import static io.sluice.benchmarks.compare.server.Stack.SLUICE_BORINGSSL;
import static io.sluice.benchmarks.compare.server.Stack.SLUICE_BORINGSSL_VIRTUAL;
import static io.sluice.benchmarks.compare.server.Stack.SLUICE_JDK;
import static io.sluice.benchmarks.compare.server.Stack.SSLSOCKET;

import io.sluice.benchmarks.compare.server.Stack;
import java.util.ArrayList;
import java.util.List;

/**
 * A ratio to be reached.
 *
 * @param what the goal in words
 * @param row what is compared
 * @param jdk on which JDK
 * @param creator Sluice where the application accepts
 * @param endpoint Sluice where it accepts
 * @param base what they are compared with
 * @param before the ratio before the redesign, as it was measured then
 * @param limit the ratio to be reached
 */
record Goal(String what, Row row, int jdk, Stack creator, Stack endpoint, Stack base, String before, double limit) {

    private static final List<Row> EVERY_CONNECTION = List.of(Row.EC, Row.RSA, Row.RESUMED, Row.MUTUAL);

    /** All of a JDK. */
    static List<Goal> of(int jdk) {
        boolean old = jdk < 21;
        List<Goal> goals = new ArrayList<>();
        goals.add(jdkEngine(
                "JDK engine, full handshake, × SSLSocket", Row.EC, jdk, old ? "1.00" : "1.20", old ? .95 : 1.10));
        for (Row row : EVERY_CONNECTION) {
            goals.add(new Goal(
                    "JDK engine, " + row.label() + ", × loop",
                    row,
                    jdk,
                    SLUICE_JDK,
                    ENDPOINT_JDK,
                    LOOP_JDK,
                    "1.1",
                    1.05));
        }
        goals.add(jdkEngine("JDK engine, resumed, × SSLSocket", Row.RESUMED, jdk, old ? ".96" : "1.12", .95));
        goals.add(boringSsl("BoringSSL, full EC, × Netty + BoringSSL", Row.EC, jdk, old ? "1.18" : "1.3–1.5", .85));
        goals.add(boringSsl("BoringSSL, resumed, × Netty + BoringSSL", Row.RESUMED, jdk, old ? "1.16" : "1.2", .90));
        if (!old) {
            goals.add(new Goal(
                    "BoringSSL on virtual threads, 64 connections, × Netty + BoringSSL",
                    Row.TRIPS_64,
                    jdk,
                    SLUICE_BORINGSSL_VIRTUAL,
                    ENDPOINT_BORINGSSL_VIRTUAL,
                    NETTY_BORINGSSL,
                    "1.05",
                    .95));
        }
        goals.add(jdkEngine("plaintext connection, × by hand", Row.PLAIN, jdk, "1.17", 1.05));
        goals.add(new Goal(
                "first connection, BoringSSL, × SSLSocket",
                Row.FIRST,
                jdk,
                SLUICE_BORINGSSL,
                ENDPOINT_BORINGSSL,
                SSLSOCKET,
                "–",
                .25));
        for (Row row : List.of(Row.DOWN_16, Row.DOWN_64, Row.UP_16, Row.UP_64)) {
            goals.add(jdkEngine("JDK engine, " + row.label() + ", × SSLSocket", row, jdk, ".97–1.37", 1.00));
        }
        goals.add(boringSsl("BoringSSL, down, 16 KiB, × Netty + BoringSSL", Row.DOWN_16, jdk, ".68", 1.00));
        for (Row row : List.of(Row.DOWN_64, Row.UP_16, Row.UP_64)) {
            goals.add(boringSsl("BoringSSL, " + row.label() + ", × Netty + BoringSSL", row, jdk, ".95–1.20", 1.05));
        }
        return goals;
    }

    private static Goal jdkEngine(String what, Row row, int jdk, String before, double limit) {
        return new Goal(what, row, jdk, SLUICE_JDK, ENDPOINT_JDK, SSLSOCKET, before, limit);
    }

    private static Goal boringSsl(String what, Row row, int jdk, String before, double limit) {
        return new Goal(what, row, jdk, SLUICE_BORINGSSL, ENDPOINT_BORINGSSL, NETTY_BORINGSSL, before, limit);
    }

    boolean moreIsBetter() {
        return row.unit().moreIsBetter();
    }

    boolean reached(double ratio) {
        return moreIsBetter() ? ratio >= limit : ratio <= limit;
    }
}
