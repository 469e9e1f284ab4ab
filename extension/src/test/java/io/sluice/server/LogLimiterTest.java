package io.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.internal.LogCapture;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The limiter logs a few lines of each kind per window, and a count of the others. */
@Timeout(60)
class LogLimiterTest {

    private static final Duration LONG = Duration.ofHours(1);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Pattern SUMMARY = Pattern.compile("server 'web': ([0-9,]+) more (.+)");

    private final String name = "limiter-" + System.nanoTime();
    private volatile boolean broken;
    private final LogCapture log = LogCapture.of(name, this::isHeard);

    private boolean isHeard(LogRecord record) {
        if (broken) {
            throw new OutOfMemoryError("for the test");
        }
        return true;
    }

    @AfterEach
    void close() {
        log.close();
    }

    private LogLimiter limiter(int lines, Duration window) {
        return new LogLimiter(System.getLogger(name), "web", lines, window);
    }

    private static void log(LogLimiter limiter, String kind, int times) {
        for (int i = 0; i < times; i++) {
            limiter.log(Level.WARNING, kind, () -> "a line of " + kind, null);
        }
    }

    private List<String> messages() {
        return log.records().stream().map(LogRecord::getMessage).toList();
    }

    private static Predicate<String> summary() {
        return SUMMARY.asMatchPredicate();
    }

    private static long count(String summary) {
        Matcher matcher = SUMMARY.matcher(summary);
        assertThat(matcher.matches()).as(summary).isTrue();
        return Long.parseLong(matcher.group(1).replace(",", ""));
    }

    @Test
    void eachKindHasItsLinesInAWindow() {
        LogLimiter limiter = limiter(2, LONG);
        log(limiter, "A", 5);
        log(limiter, "B", 1);
        assertThat(messages()).containsExactly("a line of A", "a line of A", "a line of B");
    }

    @Test
    void omittedLineIsNotEvenMade() {
        LogLimiter limiter = limiter(1, LONG);
        log(limiter, "A", 1);
        limiter.log(
                Level.WARNING,
                "A",
                () -> {
                    throw new AssertionError("for the test");
                },
                null);
        limiter.end();
        assertThat(messages()).containsExactly("a line of A", "server 'web': 1 more A");
    }

    @Test
    void summaryHasTheLevelOfItsKindAndGroupsDigits() {
        LogLimiter limiter = limiter(1, LONG);
        log(limiter, "A", 4_813);
        limiter.end();
        assertThat(messages()).containsExactly("a line of A", "server 'web': 4,812 more A");
        assertThat(log.records()).extracting(LogRecord::getLevel).containsOnly(java.util.logging.Level.WARNING);
    }

    @Test
    void firstLineAfterTheWindowFollowsTheSummaryAndNothingGoesUncounted() {
        LogLimiter limiter = limiter(2, SHORT);
        int[] calls = {0};
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            log(limiter, "A", 1);
            calls[0]++;
            return messages().stream().anyMatch(summary());
        });
        int first = messages()
                .indexOf(messages().stream().filter(summary()).findFirst().orElseThrow());
        assertThat(messages().get(first + 1)).isEqualTo("a line of A");
        limiter.end();
        long lines = messages().stream().filter(summary().negate()).count();
        long omitted = messages().stream()
                .filter(summary())
                .mapToLong(LogLimiterTest::count)
                .sum();
        assertThat(lines + omitted).isEqualTo(calls[0]);
    }

    @Test
    void floodThatStopsIsSummarisedByWhoeverHasNothingElseToDo() {
        LogLimiter limiter = limiter(1, SHORT);
        log(limiter, "A", 4);
        log(limiter, "B", 1);
        limiter.summariseWhenDue();
        assertThat(messages().stream()
                        .filter(summary())
                        .mapToLong(LogLimiterTest::count)
                        .sum())
                .isEqualTo(
                        4 + 1 - messages().stream().filter(summary().negate()).count());
        assertThat(messages()).anyMatch(summary());
    }

    @Test
    void nobodyWaitsWhereNothingWasOmitted() {
        LogLimiter limiter = limiter(1, LONG);
        log(limiter, "A", 1);
        limiter.summariseWhenDue();
        assertThat(messages()).containsExactly("a line of A");
    }

    @Test
    void oneThreadWaitsUntilTheEnd() throws Exception {
        LogLimiter limiter = limiter(1, LONG);
        log(limiter, "A", 3);
        Thread waiting = waiting(limiter);
        limiter.summariseWhenDue(); // Returns, because another thread waits.
        limiter.end();
        waiting.join();
        limiter.summariseWhenDue();
        assertThat(messages()).containsExactly("a line of A", "server 'web': 2 more A");
    }

    @Test
    void threadThatIsInterruptedSummarisesAtOnceAndAnotherMayWait() throws Exception {
        LogLimiter limiter = limiter(1, LONG);
        log(limiter, "A", 3);
        Thread waiting = waiting(limiter);
        waiting.interrupt();
        waiting.join();
        assertThat(messages()).containsExactly("a line of A", "server 'web': 2 more A");
        log(limiter, "A", 3);
        Thread next = waiting(limiter);
        limiter.end();
        next.join();
    }

    private static Thread waiting(LogLimiter limiter) {
        Thread thread = new Thread(limiter::summariseWhenDue, "waits for a window");
        thread.setDaemon(true);
        thread.start();
        Awaitility.await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return thread;
    }

    @Test
    void kindsWithoutEndShareOneThatIsNamedAfterNoneOfThem() {
        LogLimiter limiter = limiter(1, LONG);
        for (int i = 0; i < 1_000; i++) {
            log(limiter, "kind " + i, 1);
        }
        limiter.end();
        assertThat(messages()).hasSizeLessThan(110);
        assertThat(messages().stream().filter(summary())).containsExactly("server 'web': 899 more other failures");
    }

    /** The summary comes with the first line of any kind that shares the window. */
    @Test
    void sharedKindKeepsItsNameInASummaryBeforeALine() {
        LogLimiter limiter = limiter(1, Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            log(limiter, "kind " + i, 2);
        }
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            log(limiter, "late", 1);
            return messages().stream().anyMatch(message -> message.endsWith(" more other failures"));
        });
        assertThat(messages()).noneMatch(message -> message.endsWith(" more late"));
    }

    @Test
    void kindsOfAnEarlierWindowMakeRoomForOthers() {
        LogLimiter limiter = limiter(1, SHORT);
        for (int i = 0; i < 100; i++) {
            log(limiter, "kind " + i, 1);
        }
        Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> {
            log(limiter, "late", 2);
            limiter.summariseWhenDue();
            return messages().stream().anyMatch(message -> message.endsWith(" more late"));
        });
    }

    @Test
    void lineThatCannotBeLoggedCountsAsOmitted() {
        LogLimiter limiter = limiter(5, LONG);
        broken = true;
        log(limiter, "A", 2);
        broken = false;
        log(limiter, "A", 1);
        limiter.end();
        assertThat(messages()).containsExactly("a line of A", "server 'web': 2 more A");
    }
}
