package io.sluice.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslSide;
import io.sluice.internal.context.ApplicationThreads;
import io.sluice.internal.context.ContextRegistry;
import io.sluice.internal.settings.ReportOnlyPolicy;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A connection never fails because its policy cannot be checked. */
class TrustChecksTest {

    @Test
    @SuppressWarnings("NullAway") // Neither the session nor the setting is looked at.
    void connectionIsNotCheckedIfThereIsNoThread() {
        ContextFacts facts = new ContextFacts(() -> new ContextRegistry(Map.of()), Set.of());
        ApplicationThreads none = new ApplicationThreads(
                Optional.of(task -> {
                    throw new OutOfMemoryError("on purpose");
                }),
                "none",
                "a test fails");
        PolicyTally tally =
                new PolicyTally("web", new ReportOnlyPolicy(ReportOnlyPolicy.Kind.TRUST, Optional.of("next"), null));

        new TrustChecks(facts, false, none)
                .check(
                        new CheckedConnection(
                                SslSide.SERVER,
                                RemotePeer.of(new InetSocketAddress("10.0.0.1", 1)),
                                null,
                                null,
                                Instant.EPOCH),
                        tally);

        assertThat(tally.report().unchecked()).isEqualTo(1);
    }
}
