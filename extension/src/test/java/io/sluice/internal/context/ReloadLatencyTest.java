package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.ContextReloaded;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** A change of files is in use one reload period and two seconds later at the latest. */
@Tag("figures")
@Timeout(value = 30, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class ReloadLatencyTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final int CHANGES = 20;
    private static final Duration PERIOD = Duration.ofSeconds(2);

    @TempDir
    Path directory;

    @Test
    void changeIsLiveWithinThePeriodAndTwoSeconds() throws Exception {
        List<TestChain> chains = List.of(AUTHORITY.issue("first.test"), AUTHORITY.issue("second.test"));
        chains.get(0).write(directory, "web");
        Duration longest = Duration.ZERO;
        Random random = new Random(14);
        try (Watching web = Watching.asInAnApplication(
                "reload-period", PERIOD.toSeconds() + "s",
                "key-store.pem.0.cert", directory + "/web.crt",
                "key-store.pem.0.key", directory + "/web.key")) {
            for (int change = 1; change <= CHANGES; change++) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt((int) PERIOD.toMillis()));
                chains.get(change % 2).write(directory, "web");
                Instant written = Instant.now();
                web.await(ContextReloaded.class, change);
                Duration took = Duration.between(written, Instant.now());
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
        }
        System.getLogger(ReloadLatencyTest.class.getName())
                .log(System.Logger.Level.INFO, "the longest of {0} took {1}", CHANGES, longest);
        assertThat(longest).isLessThan(PERIOD.plusSeconds(2));
    }
}
