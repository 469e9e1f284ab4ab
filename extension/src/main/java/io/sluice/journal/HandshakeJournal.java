package io.sluice.journal;

import java.util.List;

/**
 * The last connections that did not come about, and why. Inject it anywhere:
 *
 * <pre>{@code
 * @Inject
 * HandshakeJournal journal;
 * }</pre>
 *
 * <p>It keeps the failures of endpoints, of servers that were started from code, and of creators and connectors: in its own handshakes, and
 * on the way there. Peers that only check a port are no failures. It is always on, unless {@code sluice.journal.size} is 0. It keeps at most
 * {@code sluice.journal.size} failures for each context and endpoint, and none that is older than {@code sluice.journal.max-age}. A peer that
 * fails again in the same way is counted in the entry that it has. If many different peers fail, up to 10 a second are added for each context
 * and endpoint, and the others are only counted. Nothing is kept of a handshake that succeeds, except the counts of report-only policies.
 *
 * <p>The journal has no keys and no secrets. With {@code sluice.journal.mask} it does not name peers either. Thread-safe. Implemented by
 * Sluice only, so later versions may add methods.
 */
public interface HandshakeJournal {

    /**
     * Gives the failures of the whole application.
     *
     * @return a snapshot, the newest first; unmodifiable; empty if there are none
     */
    List<JournalEntry> entries();

    /**
     * Gives the failures of one context.
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
     * Counts the failures that were not added because too many peers failed at the same time.
     *
     * @return the number since the application started
     */
    long omitted();

    /**
     * Gives the counts of the report-only policies ({@code sluice.ssl.<name>.policy.report-only}).
     *
     * @return a snapshot, in the order of the contexts, and of the policies in the configuration; unmodifiable; empty if there are no policies
     */
    List<PolicyReport> policies();
}
