package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.it.support.Application;
import io.sluice.it.support.Feature;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.LogCapture;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.logging.LogRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A connector with a certificate for servers only is a warning, because public authorities no longer issue such ones for
 * clients.
 */
@Feature("problems reported")
class ConnectorCertificateTest {

    private static final String LOGGER = "io.sluice.internal.cdi";

    @Dependent
    static class Connecting {
        @Inject
        @SslContext("web")
        SocketStreamConnector connector;
    }

    @Dependent
    static class Serving {
        @Inject
        @SslContext("web")
        SocketStreamCreator creator;
    }

    @ParameterizedTest
    @CsvSource({
        "serverAuth, key-store, true, true",
        "serverAuth, key-store, false, false",
        "clientAuth, key-store, true, false",
        ", key-store, true, false",
        "serverAuth, client-key-store, true, true",
        "clientAuth, client-key-store, true, false"
    })
    void warningNamesTheConnector(String usage, String store, boolean connects, boolean warned) {
        CertificateProfile profile = CertificateProfile.of("localhost");
        TestChain chain = TestAuthority.create("CA")
                .issue(
                        usage == null
                                ? profile
                                : usage.equals("serverAuth") ? profile.forServers() : profile.forClients());

        try (LogCapture log =
                        LogCapture.of(LOGGER, record -> record.getMessage().contains("clientAuth"));
                Application application = Application.configured(
                                "sluice.ssl.web." + store + ".pem.0.cert", chain.pem(),
                                "sluice.ssl.web." + store + ".pem.0.key", chain.keyPem())
                        .beans(connects ? Connecting.class : Serving.class)
                        .start()) {
            assertThat(application.container().isRunning()).isTrue();
            assertThat(log.records().stream().map(LogRecord::getMessage).toList())
                    .hasSize(warned ? 1 : 0)
                    .allSatisfy(message -> assertThat(message)
                            .startsWith("@SslContext(\"web\") SocketStreamConnector at " + Connecting.class.getName()
                                    + ".connector: no certificate of context 'web' allows client authentication")
                            .endsWith("Use one of a private authority for sluice.ssl.web.client-key-store.…, or set"
                                    + " sluice.ssl.web.client-key-store.kind=none to send none."));
        }
    }
}
