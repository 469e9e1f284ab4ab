package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problem;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configured limits reach both sides of a context, and mean what the documentation says. */
class SessionLimitsTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final String HOST = "localhost";

    private static ReloadableContext context(String... more) {
        return NamedContexts.web(Stream.concat(
                        Stream.of(
                                "key-store.pem.0.cert",
                                SERVER.pem(),
                                "key-store.pem.0.key",
                                SERVER.keyPem(),
                                "trust-store.pem.certs",
                                AUTHORITY.pem()),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    @Test
    void limitsReachBothSides() {
        SSLContext context =
                context("session.timeout", "10m", "session.cache-size", "7").sslContext();

        assertThat(List.of(context.getServerSessionContext(), context.getClientSessionContext()))
                .allSatisfy(sessions -> {
                    assertThat(sessions.getSessionTimeout()).isEqualTo(600);
                    assertThat(sessions.getSessionCacheSize()).isEqualTo(7);
                });
    }

    @Test
    void limitsThatAreNotConfiguredAreThoseOfTheJvm() throws Exception {
        SSLContext plain = SSLContext.getInstance("TLS");
        plain.init(null, null, null);
        SSLSessionContext expected = plain.getServerSessionContext();
        SSLSessionContext sessions = context().sslContext().getServerSessionContext();

        assertThat(sessions.getSessionTimeout()).isEqualTo(expected.getSessionTimeout());
        assertThat(sessions.getSessionCacheSize()).isEqualTo(expected.getSessionCacheSize());
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, 1h, true",
        "TLSv1.3, 7d, true",
        "TLSv1.3, 8d, false",
        "TLSv1.3, 0s, false",
        "TLSv1.2, 1h, true",
        "TLSv1.2, 7d, true",
        "TLSv1.2, 8d, false",
        "TLSv1.2, 0s, false",
    })
    void timeoutDecidesWhetherSessionsAreResumed(String protocol, String timeout, boolean resumed) throws Exception {
        ReloadableContext server = context("session.timeout", timeout, "protocols", protocol);
        CountingTrust trust = new CountingTrust();
        SSLContext client = trust.context();
        try (Loopback loopback = new Loopback(server.serverSocketFactory())) {
            for (int i = 0; i < 2; i++) {
                assertThat(loopback.connect(client.getSocketFactory(), HOST).isConnected())
                        .isTrue();
            }
        }

        assertThat(trust.fullHandshakes()).isEqualTo(resumed ? 1 : 2);
    }

    @Test
    void clientForgetsSessionsBeyondItsCache() throws Exception {
        ReloadableContext client = context("session.cache-size", "1");
        try (Loopback one = new Loopback(context().serverSocketFactory());
                Loopback other = new Loopback(context().serverSocketFactory())) {
            for (Loopback loopback : List.of(one, other)) {
                assertThat(loopback.connect(client.socketFactory(), HOST).isConnected())
                        .isTrue();
            }
            SSLSessionContext sessions = client.sslContext().getClientSessionContext();
            assertThat(sessions.getIds().asIterator()).toIterable().hasSize(1);
        }
    }

    /** Only the limits that code has not set follow the configuration. The sessions stay. */
    @Test
    void changedLimitsReachTheSameContext() throws Exception {
        Map<String, String> live = new ConcurrentHashMap<>(NamedContexts.properties(
                "trust-store.pem.certs", AUTHORITY.pem(), "session.timeout", "10m", "session.cache-size", "7"));
        ReloadableContext context = new ReloadableContext(
                new ContextName("web"),
                ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.live(live)), "web"));
        SSLContext before = context.load().sslContext();
        context.sslContext().getClientSessionContext().setSessionTimeout(33);

        live.put("sluice.ssl.web.session.timeout", "20m");
        live.remove("sluice.ssl.web.session.cache-size");
        context.reload();

        SSLContext after = context.load().sslContext();
        assertThat(after).isSameAs(before);
        assertThat(after.getServerSessionContext().getSessionTimeout()).isEqualTo(1200);
        assertThat(after.getClientSessionContext().getSessionTimeout()).isEqualTo(33);
        assertThat(after.getServerSessionContext().getSessionCacheSize()).isGreaterThan(7);

        live.put("sluice.ssl.web.client-auth", "need");
        context.reload();
        SSLContext other = context.load().sslContext();
        assertThat(other).isNotSameAs(before);
        assertThat(other.getServerSessionContext().getSessionTimeout()).isEqualTo(1200);
        assertThat(other.getClientSessionContext().getSessionTimeout()).isEqualTo(33);
    }

    @ParameterizedTest
    @CsvSource({"0s, true", "7d, false", "8d, true", "1s, false"})
    void timeoutWithoutTicketsIsWarnedOf(String timeout, boolean warned) throws Exception {
        List<Problem> warnings = NamedContexts.warnings("session.timeout", timeout);

        assertThat(warnings)
                .extracting(Problem::message)
                .isEqualTo(
                        warned
                                ? List.of("sluice.ssl.web.session.timeout (from "
                                        + "PropertiesConfigSource[source=application.properties]): sessions are not"
                                        + " resumed with tickets, because JSSE's tickets live from 1 second to 7 days."
                                        + " Use a duration up to 7d, unless this is intended.")
                                : List.of());
    }
}
