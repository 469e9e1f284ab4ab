package io.sluice.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sluice.context.SslSide;
import io.sluice.internal.context.ContextRegistry;
import io.sluice.internal.journal.Failure.Place;
import io.sluice.internal.settings.JournalSettings;
import io.sluice.journal.JournalEntry;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds of the journal: number, age, rate, and places. */
class FailureJournalTest {

    private static final Duration DAY = Duration.ofDays(1);

    private Instant now = Instant.parse("2026-11-30T20:00:00Z");

    private FailureJournal journal(int size, boolean mask) {
        ContextFacts facts = new ContextFacts(() -> new ContextRegistry(Map.of()), Set.of("intake"));
        InstantSource clock = () -> now;
        return new FailureJournal(
                new JournalSettings(size, DAY, mask), facts, new ReportOnlyPolicies(Map.of(), facts, mask), clock);
    }

    private static Place place(String endpoint) {
        return new Place(Optional.of("web"), Optional.of(endpoint), SslSide.SERVER);
    }

    private static Failure failure(String endpoint, String peer, Kind kind) {
        return new Failure(
                place(endpoint),
                RemotePeer.of(new InetSocketAddress(peer, 5_000)),
                new InetSocketAddress("127.0.0.1", 8_443),
                new SocketStreamException(kind, "peer " + peer + ": on purpose"),
                Duration.ofMillis(3),
                null);
    }

    private void add(FailureJournal journal, int peers) {
        for (int i = 0; i < peers; i++) {
            journal.add(failure("intake", "10.0." + i / 250 + "." + i % 250, Kind.NOT_TLS));
        }
    }

    @Test
    void onlyTheNewestAreKept() {
        FailureJournal journal = journal(5, false);
        add(journal, 12);

        assertThat(journal.entries()).hasSize(5);
        assertThat(journal.entries().stream().map(JournalEntry::peer))
                .containsExactlyInAnyOrder(
                        "10.0.0.7:5000", "10.0.0.8:5000", "10.0.0.9:5000", "10.0.0.10:5000", "10.0.0.11:5000");
        assertThat(journal.omitted()).isZero();
    }

    @Test
    void newestIsFirst() {
        FailureJournal journal = journal(5, false);
        for (String peer : List.of("10.0.0.1", "10.0.0.2", "10.0.0.1")) {
            journal.add(failure("intake", peer, Kind.NOT_TLS));
            now = now.plusSeconds(1);
        }

        assertThat(journal.entries())
                .extracting(JournalEntry::peer, JournalEntry::count)
                .containsExactly(tuple("10.0.0.1:5000", 2L), tuple("10.0.0.2:5000", 1L));
    }

    @Test
    void anotherKindOfTheSamePeerIsAnotherEntry() {
        FailureJournal journal = journal(5, false);
        journal.add(failure("intake", "10.0.0.1", Kind.NOT_TLS));
        journal.add(failure("intake", "10.0.0.1", Kind.ALPN_MISMATCH));

        assertThat(journal.entries()).extracting(JournalEntry::count).containsExactly(1L, 1L);
    }

    @Test
    void placesDoNotDisplaceEachOther() {
        FailureJournal journal = journal(1, false);
        journal.add(failure("intake", "10.0.0.1", Kind.NOT_TLS));
        journal.add(failure("admin", "10.0.0.1", Kind.NOT_TLS));
        journal.add(failure("admin", "10.0.0.2", Kind.NOT_TLS));

        assertThat(journal.entries())
                .extracting(entry -> entry.endpoint().orElseThrow())
                .containsExactlyInAnyOrder("intake", "admin");
    }

    @Test
    void oldFailuresAreForgotten() {
        FailureJournal journal = journal(5, false);
        journal.add(failure("intake", "10.0.0.1", Kind.NOT_TLS));
        now = now.plus(DAY);
        journal.add(failure("intake", "10.0.0.2", Kind.NOT_TLS));
        assertThat(journal.entries()).hasSize(2);

        now = now.plusSeconds(1);
        assertThat(journal.entries()).extracting(JournalEntry::peer).containsExactly("10.0.0.2:5000");
    }

    @Test
    void repeatAfterTheAgeBeginsANewEntry() {
        FailureJournal journal = journal(5, false);
        journal.add(failure("intake", "10.0.0.1", Kind.NOT_TLS));
        now = now.plus(DAY).plusSeconds(1);
        journal.add(failure("intake", "10.0.0.1", Kind.NOT_TLS));

        assertThat(journal.entries())
                .singleElement()
                .satisfies(entry -> assertThat(entry.first()).isEqualTo(now));
    }

    @Test
    void floodOfDifferentPeersIsCountedAndNotAdded() {
        FailureJournal journal = journal(1_000, false);
        long before = System.nanoTime();
        add(journal, 10_000);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before) + 1;

        assertThat(journal.entries()).hasSizeBetween(20, 20 + (int) (10 * seconds));
        assertThat(journal.omitted()).isEqualTo(10_000 - journal.entries().size());
        assertThat(journal.admits(place("admin"))).as("another place").isTrue();
    }

    @Test
    void floodOfOnePeerIsOneEntryAndLeavesRoomForOthers() {
        FailureJournal journal = journal(20, false);
        for (int i = 0; i < 10_000; i++) {
            journal.add(failure("intake", "10.0.0.1", Kind.NOT_TLS));
        }
        journal.add(failure("intake", "10.0.0.2", Kind.NOT_TLS));

        assertThat(journal.entries()).extracting(JournalEntry::count).containsExactlyInAnyOrder(10_000L, 1L);
        assertThat(journal.omitted()).isZero();
    }

    @Test
    void namesOfServersAreLimited() {
        FailureJournal journal = journal(1, false);
        for (int i = 0; i < 1_000; i++) {
            journal.add(failure("server-" + i, "10.0.0.1", Kind.NOT_TLS));
            now = now.plusMillis(1);
        }
        journal.add(failure("server-0", "10.0.0.1", Kind.NOT_TLS));
        for (int i = 1_000; i < 1_500; i++) {
            now = now.plusMillis(1);
            journal.add(failure("server-" + i, "10.0.0.1", Kind.NOT_TLS));
        }

        assertThat(journal.entries())
                .hasSize(1_000)
                .extracting(entry -> entry.endpoint().orElseThrow())
                .contains("server-0", "server-501", "server-1499")
                .doesNotContain("server-1", "server-500");
        assertThat(journal.omitted()).isZero();
    }

    @Test
    void remediesOfMaskedEntriesDoNotReferToTheirMessages() {
        FailureJournal journal = journal(20, true);
        journal.add(failure("intake", "10.0.0.1", Kind.TLS));
        journal.add(failure("intake", "10.0.0.1", Kind.CERTIFICATE_INVALID));

        assertThat(journal.entries()).allSatisfy(entry -> {
            assertThat(entry.remedy()).contains("Read the log").doesNotContain("The message", "The cause");
            assertThat(entry.message()).doesNotContain("on purpose");
        });
    }

    /** It is about this side, so what it says is not masked. */
    @Test
    void maskedEntrySaysWhatTheContextLacks() {
        FailureJournal journal = journal(20, true);
        journal.add(new Failure(
                place("intake"),
                RemotePeer.of(new InetSocketAddress("10.0.0.1", 5_000)),
                null,
                new SocketStreamException(Kind.CONTEXT_UNUSABLE, "no key in 'web.p12' (peer 10.0.0.1:5000)"),
                Duration.ZERO,
                null));
        journal.add(new Failure(
                place("intake"),
                RemotePeer.of(new InetSocketAddress("10.0.1.1", 5_000)),
                null,
                new SocketStreamException(Kind.CONTEXT_UNUSABLE, "no key for 10.0.1.1"),
                Duration.ZERO,
                null));

        assertThat(journal.entries())
                .extracting(JournalEntry::message)
                .contains("no key in 'web.p12' (peer 10.0.0.0/24)")
                .noneMatch(message -> message.contains("no key for"));
    }

    @Test
    void peersOfAMaskedNetworkAreOne() {
        FailureJournal journal = journal(20, true);
        journal.add(failure("intake", "10.0.0.1", Kind.NOT_TLS));
        journal.add(failure("intake", "10.0.0.2", Kind.NOT_TLS));
        journal.add(failure("intake", "2001:db8:1:2::3", Kind.NOT_TLS));

        assertThat(journal.entries())
                .extracting(JournalEntry::peer)
                .containsExactlyInAnyOrder("10.0.0.0/24", "2001:db8:1:0:0:0:0:0/48");
        assertThat(journal.entries().toString()).doesNotContain("10.0.0.1", "::3");
    }

    /** A server that is started from code has no properties. */
    @Test
    void onlyAnEndpointHasASetting() {
        FailureJournal journal = journal(20, false);
        journal.add(failure("intake", "10.0.0.1", Kind.PROXY_NOT_TRUSTED));
        journal.add(failure("started", "10.0.0.1", Kind.PROXY_NOT_TRUSTED));

        assertThat(journal.entries())
                .extracting(JournalEntry::setting)
                .containsExactlyInAnyOrder(Optional.of("sluice.endpoint.intake.trusted-proxies"), Optional.empty());
    }

    /** This context has none that Sluice has read, as one of the server's or the application's. */
    @ParameterizedTest
    @CsvSource({
        "CERTIFICATE_UNKNOWN_ISSUER,",
        "SERVER_NAME_REFUSED,",
        "CLIENT_CERTIFICATE_MISSING,",
        "NOT_TLS,",
        "ALPN_MISMATCH, sluice.ssl.web.alpn",
        "HANDSHAKE_TIMEOUT, sluice.ssl.web.handshake-timeout"
    })
    void contextWithoutMaterialHasNoSettingsOfIt(Kind kind, @Nullable String setting) {
        FailureJournal journal = journal(20, false);
        journal.add(failure("intake", "10.0.0.1", kind));

        assertThat(journal.entries().get(0).setting()).isEqualTo(Optional.ofNullable(setting));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\u0000", "\u007f", "\u0085", "\u009b", "\u2028", "\u2029", "\u202e"})
    void peerCannotForgeLinesOfAReport(String character) {
        FailureJournal journal = journal(20, false);
        journal.add(new Failure(
                place("intake"),
                RemotePeer.of(new InetSocketAddress("10.0.0.1", 1)),
                null,
                new SocketStreamException(Kind.TLS, "CN=a" + character + "  setting     trust-all"),
                Duration.ZERO,
                null));

        assertThat(journal.entries().get(0).toString()).contains("CN=a?  setting     trust-all");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3:443, 10.1.2.0/24",
        "2001:db8:1:2::3:443, 2001:db8:1:0:0:0:0:0/48",
        "[2001:db8:1:2::3]:443, 2001:db8:1:0:0:0:0:0/48",
        "shop.example:443, not shown",
        "300.1.2.3:443, not shown",
        "1.2.3:443, not shown"
    })
    void hostThatCannotBeReachedIsMasked(String target, String shown) {
        FailureJournal journal = journal(20, true);
        journal.add(new Failure(
                new Place(Optional.of("web"), Optional.empty(), SslSide.CLIENT),
                RemotePeer.of(target),
                null,
                new SocketStreamException(Kind.CONNECT_FAILED, target + ": on purpose"),
                Duration.ZERO,
                null));

        assertThat(journal.entries().get(0).peer()).isEqualTo(shown);
        assertThat(journal.entries().get(0).toString()).doesNotContain(target);
    }

    @Test
    void longMessagesAreCut() {
        FailureJournal journal = journal(20, false);
        journal.add(new Failure(
                place("intake"),
                RemotePeer.of(new InetSocketAddress("10.0.0.1", 1)),
                null,
                new SocketStreamException(Kind.TLS, "x".repeat(100_000)),
                Duration.ZERO,
                null));

        assertThat(journal.entries().get(0).message()).hasSize(2_001);
    }

    @Test
    void severalThreadsLoseNothing() throws Exception {
        FailureJournal journal = journal(20, false);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(() -> {
                for (int n = 0; n < 1_000; n++) {
                    journal.add(failure("intake", "10.0.0." + n % 5, Kind.NOT_TLS));
                    journal.entries();
                }
            });
        }
        tasks.forEach(threads::execute);
        threads.shutdown();
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();

        assertThat(journal.entries().stream().mapToLong(JournalEntry::count).sum() + journal.omitted())
                .isEqualTo(8_000);
        assertThat(journal.entries()).hasSize(5);
    }
}
