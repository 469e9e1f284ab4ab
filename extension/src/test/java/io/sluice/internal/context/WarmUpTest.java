package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.CountingJsse;
import java.security.Security;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The handshake in memory, which makes a context for each side, is repeated at the first load of a context only. */
class WarmUpTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");

    private final CountingJsse jsse = new CountingJsse();

    @BeforeEach
    void register() {
        Security.addProvider(jsse);
    }

    @AfterEach
    void unregister() {
        Security.removeProvider(CountingJsse.NAME);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 2", "5, 6"})
    void firstLoadWarmsUp(String warmUp, int handshakes) throws Exception {
        ReloadableContext web = NamedContexts.web(
                "key-store.pem.0.cert",
                CERTIFICATE.certificatePem(),
                "key-store.pem.0.key",
                CERTIFICATE.keyPem(),
                "provider",
                CountingJsse.NAME,
                "warm-up",
                warmUp);

        web.load();
        assertThat(jsse.takeCount())
                .as("its own context, and both sides of each handshake")
                .isEqualTo(1 + 2 * handshakes);

        web.reload();
        assertThat(jsse.takeCount()).as("one handshake checks the keys").isEqualTo(2);
    }
}
