package io.sluice.examples.spiffe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.examples.spiffe.TrustDomainAuthority.Svid;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of an identity, with a Workload API on a Unix socket. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the client of the Workload API is that for Linux")
class SpiffeTest {

    private static final TrustDomainAuthority OWN = new TrustDomainAuthority("example.org");
    private static final TrustDomainAuthority FEDERATED = new TrustDomainAuthority("partner.example");

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private FakeWorkloadApi api;

    @BeforeEach
    void open() throws IOException {
        api = new FakeWorkloadApi(socket());
    }

    @AfterEach
    void close() {
        api.close();
    }

    private Path socket() {
        return directory.resolve("agent.sock");
    }

    private GreeterApplication start(String... properties) {
        return GreeterApplication.start(socket(), properties);
    }

    /** A peer without sessions that it could resume. */
    private static OtherWorkload billing() throws Exception {
        return new OtherWorkload(OWN.issue("/billing"));
    }

    @Test
    void newIdentityIsFollowedWithoutRestart() throws Exception {
        Svid first = OWN.issue("/greeter");
        Svid second = OWN.issue("/greeter");
        api.give(first, OWN);
        try (GreeterApplication greeter = start()) {
            assertThat(billing().greetedBy(greeter.port()).certificate().getSerialNumber())
                    .isEqualTo(first.serial());
            api.give(second, OWN);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(billing()
                                    .greetedBy(greeter.port())
                                    .certificate()
                                    .getSerialNumber())
                            .isEqualTo(second.serial()));
        }
    }

    @Test
    void newAuthorityIsFollowedWithoutRestart() throws Exception {
        Svid own = OWN.issue("/greeter");
        api.give(own, OWN);
        OtherWorkload client = new OtherWorkload(FEDERATED.issue("/shop"));
        try (GreeterApplication greeter = start()) {
            assertThatThrownBy(() -> client.greetedBy(greeter.port())).isInstanceOf(IOException.class);
            api.give(own, OWN, FEDERATED);
            await().atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(
                            () -> assertThat(client.greetedBy(greeter.port()).line())
                                    .isEqualTo("hello spiffe://partner.example/shop"));
        }
    }

    /** The client of the Workload API tries again, because a workload may be registered after it has started. */
    @Test
    void workloadThatIsRegisteredSoonStarts() throws Exception {
        ScheduledExecutorService registrar = Executors.newSingleThreadScheduledExecutor();
        try {
            registrar.schedule(() -> api.give(OWN.issue("/greeter"), OWN), 500, TimeUnit.MILLISECONDS);
            try (GreeterApplication greeter = start()) {
                assertThat(billing().greetedBy(greeter.port()).line()).isEqualTo("hello spiffe://example.org/billing");
            }
        } finally {
            registrar.shutdownNow();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void workloadWithoutIdentityDoesNotStart(boolean agentRuns) {
        if (!agentRuns) {
            api.close();
        }
        assertThatThrownBy(() -> start("spiffe.start-timeout", "PT1S").close())
                .hasStackTraceContaining("context 'mesh' cannot be loaded")
                .hasStackTraceContaining("the SPIFFE Workload API at unix:" + socket()
                        + " gives this workload no identity within 1 s. Check that the agent runs, that"
                        + " spiffe.socket names its socket (unix:/path), and that the workload is registered");
        assertNoThreadIsLeft();
    }

    @Test
    void noThreadIsLeftAtTheEnd() {
        api.give(OWN.issue("/greeter"), OWN);
        start().close();
        assertNoThreadIsLeft();
    }

    private static void assertNoThreadIsLeft() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .doesNotContain("spiffe"));
    }
}
