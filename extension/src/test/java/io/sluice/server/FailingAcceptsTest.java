package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of accept besides scarce descriptors. strace injects them, because no client can cause them. */
class FailingAcceptsTest {

    /** A line of strace: seconds, the call (complete or resumed), and its result. */
    private static final Pattern ENDED = Pattern.compile("(\\d+\\.\\d+) (?:<\\.\\.\\. )?accept[^\\n]* = (-?\\d+)");

    /** The JDK itself retries after ECONNABORTED; in any case the waiting clients are served. */
    @ParameterizedTest
    @CsvSource({"ECONNABORTED, false", "ENOBUFS, true", "ENOMEM, true", "EPROTO, true"})
    void serverTriesAgainAndTellsOnce(String error, boolean told) throws Exception {
        String inject = "inject=accept,accept4:error=" + error + ":when=2..11";
        assumeTrue(tracing(inject), "strace may not trace here: this test needs it to have system calls fail");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        try (ProcessPeer traced = ProcessPeer.start(
                "strace",
                "-f",
                "-qq",
                "-ttt",
                "-e",
                "trace=accept,accept4",
                "-e",
                "signal=none",
                "-e",
                inject,
                java,
                "-cp",
                classPath,
                FailingAccepts.class.getName())) {
            traced.awaitOutput("all served");
            String output = traced.awaitEnd();
            assertThat(output).contains(error + " (");
            assertThat(output.split("cannot accept connections", -1)).as(output).hasSize(told ? 2 : 1);
            assertThat(secondsUntilServed(output)).as(output).isBetween(0.0, 1.0);
        }
    }

    /** Returns the time from the last failed call to the next one that accepted the waiting client. */
    private static double secondsUntilServed(String output) {
        double lastFailure = Double.NaN;
        for (MatchResult call : ENDED.matcher(output).results().toList()) {
            double at = Double.parseDouble(call.group(1));
            if (call.group(2).startsWith("-")) {
                lastFailure = at;
            } else if (!Double.isNaN(lastFailure)) {
                return at - lastFailure;
            }
        }
        return Double.NaN;
    }

    private static boolean tracing(String inject) throws IOException, InterruptedException {
        try (ProcessPeer traced = ProcessPeer.start("strace", "-f", "-qq", "-e", inject, "true")) {
            traced.awaitEnd();
            return traced.exitCode() == 0;
        }
    }
}
