package io.sluice.internal.journal;

import io.sluice.context.SslSide;
import io.sluice.internal.context.ApplicationThreads;
import io.sluice.internal.settings.ReportOnlyPolicy;
import io.sluice.internal.settings.ReportOnlyPolicy.Kind;
import io.sluice.journal.PolicyReport;
import io.sluice.stream.TlsSession;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The report-only policies of all contexts. Thread-safe. */
public final class ReportOnlyPolicies {

    /** By the names of the contexts. */
    private final Map<String, List<PolicyTally>> tallies = new TreeMap<>();

    private final ContextFacts facts;
    private final boolean mask;
    private volatile @Nullable TrustChecks trust;

    /**
     * Policies that have counted nothing.
     *
     * @param policies the policies of each context that has any
     * @param facts what contexts say
     * @param mask whether peers are not named
     */
    public ReportOnlyPolicies(Map<String, List<ReportOnlyPolicy>> policies, ContextFacts facts, boolean mask) {
        this.facts = facts;
        this.mask = mask;
        policies.forEach((context, listed) -> tallies.put(
                context,
                listed.stream().map(policy -> new PolicyTally(context, policy)).toList()));
    }

    /**
     * Begins to verify certificates, if a policy does.
     *
     * @param managed finds the thread factory of a server that manages threads
     */
    public void start(Supplier<Optional<ThreadFactory>> managed) {
        boolean verifies = tallies.values().stream()
                .flatMap(List::stream)
                .anyMatch(tally -> tally.policy().kind() == Kind.TRUST);
        if (verifies) {
            ApplicationThreads threads =
                    new ApplicationThreads(managed.get(), "sluice-policies", "certificates are verified for policies");
            trust = new TrustChecks(facts, mask, threads);
        }
    }

    /** Verifies nothing more. */
    public void stop() {
        TrustChecks known = trust;
        if (known != null) {
            known.stop();
        }
    }

    /** {@return whether any context has a policy} */
    public boolean isAny() {
        return !tallies.isEmpty();
    }

    /**
     * Tests whether the first message of a client is needed to check its connection.
     *
     * @param context the name of the context, if it has one
     * @param side this side
     * @return true if a policy of the context asks what the client offers
     */
    public boolean needHello(Optional<String> context, SslSide side) {
        return isAny()
                && side == SslSide.SERVER
                && of(context).stream()
                        .anyMatch(tally -> PolicyRules.needsHello(tally.policy().kind()));
    }

    private List<PolicyTally> of(Optional<String> context) {
        return context.map(tallies::get).orElse(List.of());
    }

    /**
     * Checks a connection whose handshake is complete. It returns at once, and never throws.
     *
     * @param context the name of the context, if it has one
     * @param side this side
     * @param peer the peer's address
     * @param session what was negotiated
     * @param hello the client's first message; null if it was not kept
     */
    public void completed(
            Optional<String> context,
            SslSide side,
            SocketAddress peer,
            TlsSession session,
            @Nullable ByteBuffer hello) {
        List<PolicyTally> listed = isAny() ? of(context) : List.of();
        if (listed.isEmpty()) {
            return;
        }
        CheckedConnection connection = new CheckedConnection(side, RemotePeer.of(peer), session, hello, Instant.now());
        listed.forEach(tally -> check(connection, tally));
    }

    private void check(CheckedConnection connection, PolicyTally tally) {
        Kind kind = tally.policy().kind();
        if (!PolicyRules.applies(kind, connection)) {
            return;
        }
        if (kind != Kind.TRUST) {
            tally.checked(connection, mask, PolicyRules.objection(kind, connection));
            return;
        }
        TrustChecks checks = trust;
        if (checks == null) {
            tally.unchecked();
        } else {
            checks.check(
                    new CheckedConnection(
                            connection.side(), connection.peer(), connection.session(), null, connection.time()),
                    tally);
        }
    }

    List<PolicyReport> reports() {
        List<PolicyReport> reports = new ArrayList<>();
        tallies.values().forEach(listed -> listed.forEach(tally -> reports.add(tally.report())));
        return List.copyOf(reports);
    }
}
