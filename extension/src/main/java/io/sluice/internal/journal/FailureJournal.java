package io.sluice.internal.journal;

import io.sluice.internal.journal.Failure.Place;
import io.sluice.internal.journal.FailurePage.Repeated;
import io.sluice.internal.settings.JournalSettings;
import io.sluice.journal.HandshakeJournal;
import io.sluice.journal.JournalEntry;
import io.sluice.journal.PolicyReport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The journal of one application. Thread-safe. */
public final class FailureJournal implements HandshakeJournal {

    private static final Logger LOG = System.getLogger(FailureJournal.class.getName());

    /** Servers that are started from code may have any number of names. */
    private static final int MOST_PAGES = 1_000;

    private final JournalSettings settings;
    private final ContextFacts facts;
    private final ReportOnlyPolicies policies;
    private final InstantSource clock;
    private final Map<Place, FailurePage> pages = new ConcurrentHashMap<>();
    private final LongAdder omitted = new LongAdder();

    /**
     * An empty journal.
     *
     * @param settings how much it keeps
     * @param facts what contexts say
     * @param policies the policies, whose counts it gives
     * @param clock the time of entries
     */
    public FailureJournal(
            JournalSettings settings, ContextFacts facts, ReportOnlyPolicies policies, InstantSource clock) {
        this.settings = settings;
        this.facts = facts;
        this.policies = policies;
        this.clock = clock;
    }

    /** {@return whether failures are kept} */
    public boolean isOn() {
        return settings.size() > 0;
    }

    /** {@return the report-only policies} */
    public ReportOnlyPolicies reportOnly() {
        return policies;
    }

    /**
     * Tests whether the evidence of a failure would be used now.
     *
     * @param place where it happened
     * @return false if the journal is off, or if too many failures were added
     */
    public boolean admits(Place place) {
        return isOn() && page(place).admits(System.nanoTime());
    }

    /**
     * Adds a failure, or counts it. Never throws.
     *
     * @param failure the failure
     */
    public void add(Failure failure) {
        if (!isOn()) {
            return;
        }
        Instant now = clock.instant();
        String peer =
                settings.mask() ? failure.peer().network() : failure.peer().host();
        FailurePage page = page(failure.place());
        Repeated what = new Repeated(peer, failure.kind());
        if (!page.add(what, System.nanoTime(), now, () -> explained(failure, now))) {
            omitted.increment();
        }
    }

    private @Nullable FailureEntry explained(Failure failure, Instant now) {
        try {
            return FailureExplanation.of(failure, now, settings.mask(), facts);
        } catch (RuntimeException e) { // A certificate or a hello may be stranger than anybody expects.
            LOG.log(Level.DEBUG, "a failed handshake cannot be explained", e);
            return null;
        }
    }

    private FailurePage page(Place place) {
        FailurePage known = pages.get(place);
        return known == null ? newPage(place) : known;
    }

    private FailurePage newPage(Place place) {
        synchronized (pages) {
            if (pages.size() >= MOST_PAGES && !pages.containsKey(place)) {
                oldest().ifPresent(pages::remove);
            }
            return pages.computeIfAbsent(
                    place, unknown -> new FailurePage(settings.size(), settings.maxAge(), System.nanoTime()));
        }
    }

    /** An empty page is older than any other. */
    private Optional<Place> oldest() {
        return pages.entrySet().stream()
                .map(page -> Map.entry(page.getKey(), page.getValue().last()))
                .min(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    @Override
    public List<JournalEntry> entries() {
        Instant now = clock.instant();
        return pages.values().stream()
                .flatMap(page -> page.entries(now).stream())
                .sorted(Comparator.comparing(FailureEntry::time).reversed())
                .<JournalEntry>map(entry -> entry)
                .toList();
    }

    @Override
    public long omitted() {
        return omitted.sum();
    }

    @Override
    public List<PolicyReport> policies() {
        return policies.reports();
    }

    @Override
    public String toString() {
        return isOn() ? "the journal of failed handshakes" : "the journal of failed handshakes, which is off";
    }
}
