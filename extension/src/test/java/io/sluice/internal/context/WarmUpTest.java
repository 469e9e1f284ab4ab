package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestCertificate;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The handshake in memory, which makes a context for each side, is repeated at the first load of a context only. */
class WarmUpTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.ec("localhost");
    private static final String NAME = "CountingJsse";

    private final AtomicInteger contexts = new AtomicInteger();

    /** The JDK's contexts, counted. */
    private final class Counting extends Provider {

        private static final long serialVersionUID = 1L;

        Counting() {
            super(NAME, "1", "counts contexts");
            putService(new Service(this, "SSLContext", "TLS", "counted", List.of(), Map.of()) {
                @Override
                public Object newInstance(Object parameter) throws NoSuchAlgorithmException {
                    contexts.incrementAndGet();
                    return Security.getProvider("SunJSSE")
                            .getService("SSLContext", "TLS")
                            .newInstance(parameter);
                }
            });
        }
    }

    @BeforeEach
    void register() {
        Security.addProvider(new Counting());
    }

    @AfterEach
    void unregister() {
        Security.removeProvider(NAME);
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
                NAME,
                "warm-up",
                warmUp);

        web.load();
        assertThat(contexts)
                .as("its own context, and both sides of each handshake")
                .hasValue(1 + 2 * handshakes);

        contexts.set(0);
        web.reload();
        assertThat(contexts).as("one handshake checks the keys").hasValue(2);
    }
}
