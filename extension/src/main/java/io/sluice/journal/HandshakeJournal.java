package io.sluice.journal;

import java.util.List;

/**
 * The last connections that failed before they were usable, and why. Inject it anywhere:
 *
 * <pre>{@code
 * @Inject
 * HandshakeJournal journal;
 * }</pre>
 *
 * <p>It keeps the failures of endpoints, of servers that were started from code, and of creators and connectors: those of handshakes, and
 * those before them. A peer that only checks a port is not a failure. The journal is on unless {@code sluice.journal.size} is 0. It keeps
 * at most {@code sluice.journal.size} failures for each context and endpoint, and none that is older than {@code sluice.journal.max-age}.
 * If a peer fails again with the same kind of condition, it is counted in its entry. If many different peers fail, at most 20 entries at
 * once, and 10 a second, are added for each context and endpoint. The others are only counted. Nothing is kept of a handshake that
 * succeeds, except the counts of report-only policies.
 *
 * <p>The journal contains no keys and no secrets. With {@code sluice.journal.mask}, it does not name peers either. Thread-safe. Implemented
 * by Sluice only, so later versions may add methods.
 */
public interface HandshakeJournal {

    /**
     * Lists the failures of the whole application.
     *
     * @return a snapshot, the newest first; unmodifiable; empty if there are none
     */
    List<JournalEntry> entries();

    /**
     * Lists the failures of one context.
     *
     * @param context the name of the context
     * @return a snapshot, the newest first; unmodifiable; empty if there are none, or there is no such context
     */
    default List<JournalEntry> entries(String context) {
        return entries().stream()
                .filter(entry -> entry.context().filter(context::equals).isPresent())
                .toList();
    }

    /**
     * Counts the failures that have no entry, usually because too many peers failed at the same time.
     *
     * @return the number since the application started
     */
    long omitted();

    /**
     * Lists what the report-only policies ({@code sluice.ssl.<name>.policy.report-only}) have found.
     *
     * @return a snapshot, ordered by context, then as in the configuration; unmodifiable; empty if there are no policies
     */
    List<PolicyReport> policies();
}
