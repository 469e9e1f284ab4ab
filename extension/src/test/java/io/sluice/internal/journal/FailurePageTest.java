package io.sluice.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslSide;
import io.sluice.internal.journal.FailurePage.Repeated;
import io.sluice.journal.HandshakeStep;
import io.sluice.stream.SocketStreamException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How many entries a page adds at once and in a second, by a clock of the test. */
class FailurePageTest {

    private static final Instant NOW = Instant.parse("2026-11-30T20:00:00Z");

    private final FailurePage page = new FailurePage(1_000, Duration.ofDays(1), 0);
    private final AtomicInteger explained = new AtomicInteger();

    private FailureEntry entry() {
        explained.incrementAndGet();
        return new FailureEntry(
                NOW,
                NOW,
                1,
                Optional.empty(),
                Optional.empty(),
                SslSide.SERVER,
                "192.0.2.1",
                Kind.NOT_TLS,
                "on purpose",
                HandshakeStep.FIRST_BYTES,
                Duration.ZERO,
                Optional.empty(),
                FoundOffer.NOTHING,
                FoundOffer.NOTHING,
                Optional.empty(),
                Optional.empty(),
                "none",
                Optional.empty());
    }

    /** Returns how many of many different failures are added. */
    private int added(int first, int count, long nanos) {
        int added = 0;
        for (int i = first; i < first + count; i++) {
            if (page.add(new Repeated("peer " + i, Kind.NOT_TLS), nanos, NOW, this::entry)) {
                added++;
            }
        }
        return added;
    }

    @Test
    void twentyAreAddedAtOnceAndTenASecond() {
        assertThat(page.admits(0)).isTrue();
        assertThat(added(0, 100, 0)).isEqualTo(20);
        assertThat(page.admits(0)).isFalse();
        assertThat(page.admits(TimeUnit.MILLISECONDS.toNanos(99))).isFalse();
        assertThat(added(100, 100, TimeUnit.SECONDS.toNanos(1))).isEqualTo(10);
        assertThat(added(200, 100, TimeUnit.HOURS.toNanos(1))).isEqualTo(20);
    }

    @Test
    void onlyWhatIsAddedIsExplained() {
        added(0, 1_000, 0);

        assertThat(explained).hasValue(20);
    }

    @Test
    void repeatsNeedNoAdmission() {
        added(0, 100, 0);

        assertThat(page.add(new Repeated("peer 3", Kind.NOT_TLS), 0, NOW, this::entry))
                .isTrue();
        assertThat(explained).hasValue(20);
        assertThat(page.entries(NOW).get(19).count()).isEqualTo(2);
    }

    @Test
    void ageMayBeLongerThanTime() {
        FailurePage forever = new FailurePage(1_000, Duration.ofSeconds(Long.MAX_VALUE), 0);
        Repeated what = new Repeated("peer", Kind.NOT_TLS);

        forever.add(what, 0, NOW, this::entry);
        forever.add(what, 0, NOW, this::entry);

        assertThat(forever.entries(NOW.plusSeconds(1)))
                .singleElement()
                .satisfies(entry -> assertThat(entry.count()).isEqualTo(2));
    }

    @Test
    void failureThatCannotBeExplainedIsNotAdded() {
        assertThat(page.add(new Repeated("peer", Kind.NOT_TLS), 0, NOW, () -> null))
                .isFalse();
        assertThat(page.entries(NOW)).isEmpty();
    }
}
