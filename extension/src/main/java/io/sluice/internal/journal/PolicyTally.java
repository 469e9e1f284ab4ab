package io.sluice.internal.journal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.settings.PrintableText;
import io.sluice.internal.settings.ReportOnlyPolicy;
import io.sluice.internal.settings.ReportOnlyPolicy.Kind;
import io.sluice.journal.PolicyReport;
import io.sluice.journal.PolicyViolator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The counts of one policy of one context. Thread-safe. */
final class PolicyTally {

    private static final int MOST_PEERS = 100;
    private static final int LONGEST = 500;

    private static final String MASKED = "not shown";

    private final String context;
    private final ReportOnlyPolicy policy;
    private final LongAdder checked = new LongAdder();
    private final LongAdder violations = new LongAdder();
    private final LongAdder unchecked = new LongAdder();

    /** The last seen at the end. */
    @GuardedBy("peers")
    private final Map<String, Violator> peers = new LinkedHashMap<>();

    private record Violator(String peer, long count, Instant last, String reason) implements PolicyViolator {}

    private record Report(
            String context, String policy, long checked, long violations, long unchecked, List<PolicyViolator> peers)
            implements PolicyReport {

        @Override
        public String toString() {
            StringBuilder report = new StringBuilder(String.format(
                    Locale.ROOT,
                    "context '%s', policy %s: %,d of %,d connections would be refused",
                    context,
                    policy,
                    violations,
                    checked));
            peers.forEach(peer -> report.append(String.format(
                    Locale.ROOT, "%n  %s: %,d, last %s, %s", peer.peer(), peer.count(), peer.last(), peer.reason())));
            return report.toString();
        }
    }

    PolicyTally(String context, ReportOnlyPolicy policy) {
        this.context = context;
        this.policy = policy;
    }

    ReportOnlyPolicy policy() {
        return policy;
    }

    void unchecked() {
        unchecked.increment();
    }

    void checked(CheckedConnection connection, boolean mask, Optional<String> objection) {
        checked.increment();
        if (objection.isPresent()) {
            violations.increment();
            add(
                    shortened(connection.name(mask)),
                    connection.time(),
                    shortened(mask && namesPeers() ? MASKED : objection.get()));
        }
    }

    /** Whether objections may. */
    private boolean namesPeers() {
        return policy.kind() == Kind.NO_RSA || policy.kind() == Kind.TRUST;
    }

    private static String shortened(String name) {
        String text = PrintableText.of(name);
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    }

    private void add(String peer, Instant time, String reason) {
        synchronized (peers) {
            @Nullable Violator known = peers.remove(peer);
            peers.put(peer, new Violator(peer, known == null ? 1 : known.count() + 1, time, reason));
            Iterator<Violator> oldest = peers.values().iterator();
            while (peers.size() > MOST_PEERS) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    PolicyReport report() {
        List<PolicyViolator> listed;
        synchronized (peers) {
            listed = new ArrayList<>(peers.values());
        }
        Collections.reverse(listed);
        return new Report(
                context, policy.word(), checked.sum(), violations.sum(), unchecked.sum(), List.copyOf(listed));
    }
}
