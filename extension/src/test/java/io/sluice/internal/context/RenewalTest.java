package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.internal.LogCapture;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.LogRecord;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Material that its source declares outdated is loaded again before its use. The server tests use the real sources. */
class RenewalTest {

    private static final Map<String, String> BROKEN = NamedContexts.properties(
            "key-store.pem.0.cert", "classpath:renewal-none.crt", "key-store.pem.0.key", "classpath:renewal-none.key");

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger loads = new AtomicInteger();
    private volatile Map<String, String> properties = key("before");
    private volatile CountDownLatch mayLoad = new CountDownLatch(0);
    private final ReloadableContext web = new ReloadableContext(new ContextName("web"), attempt -> load(attempt));

    private volatile boolean failing;

    private ContextSnapshot load(LoadAttempt attempt) throws SslContextException {
        loads.incrementAndGet();
        if (failing) {
            throw new IllegalStateException("of the server's own");
        }
        try {
            assertThat(mayLoad.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        ContextSnapshot loaded = NamedContexts.source(properties).load(attempt);
        over.set(false);
        return loaded.withStaleness(over::get);
    }

    private static Map<String, String> key(String name) {
        TestCertificate certificate = TestCertificate.ec(name);
        return NamedContexts.properties(
                "key-store.pem.0.cert", certificate.certificatePem(), "key-store.pem.0.key", certificate.keyPem());
    }

    private void renew(Map<String, String> renewed) {
        properties = renewed;
        over.set(true);
    }

    private static String shown(SSLContext context) throws Exception {
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        SSLEngine client = NamedContexts.web("trust-all", "true", "hostname-verification-algorithm", "NONE")
                .engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));
        Engines.handshake(client, server);
        return ((X509Certificate) client.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    @Test
    void renewedMaterialIsUsedNext() throws Exception {
        SSLContext held = web.sslContext();
        assertThat(shown(held)).isEqualTo("CN=before");

        renew(key("after"));

        assertThat(shown(held)).isEqualTo("CN=after");
        assertThat(shown(held)).isEqualTo("CN=after");
        assertThat(loads).hasValue(2);
    }

    @Test
    void materialThatCannotBeUsedLeavesTheOldAndIsToldOnce() throws Exception {
        assertThat(shown(web.sslContext())).isEqualTo("CN=before");
        try (LogCapture logged = LogCapture.of("io.sluice.internal.context", RenewalTest::tellsWhatStays)) {
            renew(BROKEN);

            assertThat(shown(web.sslContext())).isEqualTo("CN=before");
            assertThat(shown(web.sslContext())).isEqualTo("CN=before");
            assertThat(loads).hasValueGreaterThan(2);
            assertThat(logged.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getMessage())
                            .matches("context 'web' .+ \\(the material loaded at \\S+Z stays in use\\)"));
            assertThatThrownBy(web::reload).hasMessageMatching(".+ \\(the material loaded at \\S+Z stays in use\\)");

            renew(key("after"));
            assertThat(shown(web.sslContext())).isEqualTo("CN=after");
            renew(BROKEN);
            assertThat(shown(web.sslContext())).isEqualTo("CN=after");
            assertThat(logged.records()).as("told anew, as it had worked again").hasSize(2);
        }
    }

    @Test
    void serverThatFailsInItsOwnWayLeavesTheOldAndIsToldOnce() throws Exception {
        assertThat(shown(web.sslContext())).isEqualTo("CN=before");
        try (LogCapture logged = LogCapture.of("io.sluice.internal.context", RenewalTest::tellsWhatStays)) {
            failing = true;
            over.set(true);

            assertThat(shown(web.sslContext())).isEqualTo("CN=before");
            assertThat(shown(web.sslContext())).isEqualTo("CN=before");
            assertThat(logged.records())
                    .singleElement()
                    .satisfies(
                            record -> assertThat(record.getMessage()).contains("context 'web'", "of the server's own"));
        }
    }

    @Test
    void othersGoOnWithTheOldWhileOneLoads() throws Exception {
        assertThat(shown(web.sslContext())).isEqualTo("CN=before");
        mayLoad = new CountDownLatch(1);
        renew(key("after"));
        CompletableFuture<String> loading = CompletableFuture.supplyAsync(() -> {
            try {
                return shown(web.sslContext());
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Awaitility.await().until(() -> loads.get() == 2);

        assertThat(shown(web.sslContext())).isEqualTo("CN=before");

        mayLoad.countDown();
        assertThat(loading.get(10, TimeUnit.SECONDS)).isEqualTo("CN=after");
        assertThat(shown(web.sslContext())).isEqualTo("CN=after");
    }

    private static boolean tellsWhatStays(LogRecord record) {
        String message = record.getMessage();
        return message.endsWith("stays in use)")
                && (message.contains("renewal-none.crt") || message.contains("of the server's own"));
    }
}
