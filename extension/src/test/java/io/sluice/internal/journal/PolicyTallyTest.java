package io.sluice.internal.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslSide;
import io.sluice.internal.settings.ReportOnlyPolicy;
import io.sluice.internal.settings.Setting;
import io.sluice.journal.PolicyReport;
import io.sluice.journal.PolicyViolator;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The list of peers that a policy would refuse: its limit and its order. */
class PolicyTallyTest {

    private static final Instant NOW = Instant.parse("2026-11-30T20:00:00Z");

    private final PolicyTally tally = new PolicyTally(
            "web", ReportOnlyPolicy.of(Setting.of("policy", "test", "tls13")).orElseThrow());

    /** A masked tally does not look at the session. */
    @SuppressWarnings("NullAway")
    private void violation(String address, String reason) {
        CheckedConnection connection = new CheckedConnection(
                SslSide.SERVER, RemotePeer.of(new InetSocketAddress(address, 1)), null, null, NOW);
        tally.checked(connection, true, Optional.of(reason));
    }

    @Test
    void theLastHundredPeersAreListed() {
        for (int i = 0; i < 250; i++) {
            violation("10.0." + i + ".1", "TLSv1.2 was negotiated");
        }
        violation("10.0.200.9", "TLSv1.1 was negotiated");

        PolicyReport report = tally.report();
        assertThat(report.checked()).isEqualTo(251);
        assertThat(report.violations()).isEqualTo(251);
        assertThat(report.peers())
                .hasSize(100)
                .last()
                .extracting(PolicyViolator::peer)
                .isEqualTo("10.0.150.0/24");
        assertThat(report.peers().get(0).peer()).isEqualTo("10.0.200.0/24");
        assertThat(report.peers().get(0).count()).isEqualTo(2);
        assertThat(report.peers().get(0).reason()).isEqualTo("TLSv1.1 was negotiated");
    }

    @Test
    void whatIsListedIsShortAndOnOneLine() {
        violation("10.0.0.1", "x".repeat(10_000) + "\nCN=forged");
        violation("10.0.1.1", "a\nCN=forged: 1");

        assertThat(tally.report().peers().get(1).reason()).hasSize(501);
        assertThat(tally.report().toString().lines()).hasSize(3);
    }

    @Test
    void connectionsThatComplyAreOnlyCounted() {
        violation("10.0.0.1", "TLSv1.2 was negotiated");
        tally.unchecked();

        assertThat(tally.report().unchecked()).isEqualTo(1);
        assertThat(tally.report().checked()).isEqualTo(1);
    }
}
