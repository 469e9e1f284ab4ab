package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.ClientServerConfiguration;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Two contexts that trust one authority, {@code web} for servers and {@code peer} for clients, each with the engine of its own. */
final class TestContexts {

    static final String BORINGSSL = "boringssl";

    private final ClientServerConfiguration configuration;

    private TestContexts(ClientServerConfiguration configuration) {
        this.configuration = configuration;
    }

    static TestContexts of(TestAuthority authority) {
        return of(authority, authority.issue("localhost"));
    }

    static TestContexts of(TestAuthority authority, TestChain server) {
        TestContexts contexts =
                new TestContexts(new ClientServerConfiguration(authority, server, authority.issue("client")));
        return contexts.with("peer.hostname-verification-algorithm", "none").engines(BORINGSSL, BORINGSSL);
    }

    TestContexts engines(String ofServer, String ofClient) {
        return with("web.engine", ofServer).with("peer.engine", ofClient);
    }

    TestContexts protocol(String protocol) {
        return with("web.protocols", protocol).with("peer.protocols", protocol);
    }

    TestContexts with(String key, String value) {
        configuration.set(key, value);
        return this;
    }

    Application start(Class<?>... beans) {
        return application(beans).start();
    }

    /** An application that is not started yet. */
    Application.Builder application(Class<?>... beans) {
        return Application.configured().with(configuration.properties()).beans(beans);
    }

    /** After the application has ended. Its threads may end connections a moment later. */
    static void assertNothingIsLeft() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(LiveObjects.ENGINES).as("engines").hasValue(0);
            assertThat(LiveObjects.CONTEXTS).as("contexts").hasValue(0);
        });
    }
}
