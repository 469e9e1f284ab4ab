package io.sluice.examples.acme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.LogCapture;
import io.sluice.testing.internal.Pebble;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example with a real ACME server, which validates the name on the example's own port. */
class AcmeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration VALIDITY = Duration.ofDays(6);
    private static final Duration SHORT_VALIDITY = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private int port;
    private Pebble pebble;

    @BeforeEach
    void start() throws Exception {
        port = Pebble.freePort();
        pebble = Pebble.start(directory, port, Pebble.freePort(), VALIDITY);
    }

    @AfterEach
    void stop() {
        if (pebble != null) {
            pebble.close();
        }
    }

    private Path folder() {
        return directory.resolve("acme");
    }

    private ClockApplication application(String... properties) {
        return ClockApplication.start(pebble, folder(), port, properties);
    }

    /** A client that trusts what the authority issues, and has no session. */
    private SSLContext trusting() throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "root",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(pebble.root().getBytes(StandardCharsets.US_ASCII))));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private X509Certificate obtainedBy(ClockApplication application) {
        return await("a certificate of the authority")
                .atMost(PATIENCE)
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> application.certificate(trusting()), certificate -> certificate != null);
    }

    private void obtainCertificate() {
        try (ClockApplication application = application()) {
            obtainedBy(application);
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void firstStartObtainsACertificateOverTheEndpointsOwnPort() throws Exception {
        try (ClockApplication application = application()) {
            assertThat(obtainedBy(application).getSubjectAlternativeNames())
                    .containsExactly(List.of(2, ClockApplication.NAME));
        }
        try (Stream<Path> files = Files.list(folder())) {
            assertThat(files).containsExactlyInAnyOrder(account(), certificate());
        }
        assertThat(permissions(account())).isEqualTo("rw-------");
        assertThat(permissions(certificate())).isEqualTo("rw-------");
        assertThat(permissions(folder())).isEqualTo("rwx------");
    }

    /** The authority has no certificate of such a client, and offers a protocol that the endpoint does not have. */
    @Test
    void endpointThatRequiresClientCertificatesIsValidatedToo() throws Exception {
        TestAuthority clients = TestAuthority.create("clients");
        try (ClockApplication application = application(
                "sluice.ssl.clock.client-auth", "need", "sluice.ssl.clock.trust-store.pem.certs", clients.pem())) {
            await().atMost(PATIENCE).until(() -> Files.exists(certificate()));
            assertThatThrownBy(() -> application.certificate(trusting())).isInstanceOf(IOException.class);
        }
    }

    private Path account() {
        return folder().resolve("account.key");
    }

    private Path certificate() {
        return folder().resolve("certificate.pem");
    }

    @Test
    void restartUsesTheCertificateThatItHas() throws Exception {
        X509Certificate first;
        try (ClockApplication application = application()) {
            first = obtainedBy(application);
        }
        try (ClockApplication application = application()) {
            assertThat(application.certificate(trusting())).isEqualTo(first);
        }
        assertThat(pebble.orders()).isEqualTo(1);
    }

    @Test
    @Tag("long")
    void certificateIsRenewedBeforeItExpiresWhileThePortServes() throws Exception {
        pebble.close();
        pebble = Pebble.start(directory, port, Pebble.freePort(), SHORT_VALIDITY);
        try (ClockApplication application = application("acme.renew-after", "20", "acme.min-interval", "PT1S")) {
            X509Certificate first = obtainedBy(application);
            await().atMost(SHORT_VALIDITY)
                    .untilAsserted(() ->
                            assertThat(application.certificate(trusting())).isNotEqualTo(first));
        }
    }

    /** Whatever the configuration says, and however often the application is restarted. */
    @Test
    @Tag("long")
    void certificatesAreNotOrderedMoreOftenThanTheIntervalAllows() {
        for (int i = 0; i < 3; i++) {
            try (ClockApplication application = application("acme.renew-after", "0")) {
                obtainedBy(application);
            }
        }
        assertThat(pebble.orders()).isEqualTo(1);
    }

    @Test
    @Tag("long")
    void otherNamesNeedAnotherCertificate() {
        obtainCertificate();
        try (ClockApplication application = application("acme.domains", "clock.example,time.example")) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(
                                    application.certificate(trusting()).getSubjectAlternativeNames())
                            .containsExactlyInAnyOrder(List.of(2, "clock.example"), List.of(2, "time.example")));
        }
    }

    private void assertWarning(LogCapture log, String... parts) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.records())
                        .extracting(LogRecord::getMessage)
                        .singleElement()
                        .asString()
                        .contains(parts));
    }

    @Test
    void validationThatFailsIsExplainedAndTriedAgainLater() throws Exception {
        port = Pebble.freePort();
        try (LogCapture log = LogCapture.of(Renewal.class.getName(), record -> true);
                ClockApplication application = application()) {
            assertWarning(
                    log,
                    "no certificate for [clock.example] from " + pebble.directory()
                            + ": the authority could not validate clock.example (",
                    "It has not reached this port. The address of the name must lead to this machine, and port 443 there to"
                            + " the endpoint's port. The next try is at ");
            assertThatThrownBy(() -> application.certificate(trusting())).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void termsAreNotAgreedToByDefault() {
        try (LogCapture log = LogCapture.of(Renewal.class.getName(), record -> true);
                ClockApplication application = application("acme.terms-agreed", "false")) {
            assertWarning(
                    log,
                    "the authority requires agreement to its terms",
                    "If you agree, set acme.terms-agreed=true. The next try is at ");
            assertThatThrownBy(() -> application.certificate(trusting())).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void authorityThatDoesNotAnswerIsReported() {
        pebble.close();
        try (LogCapture log = LogCapture.of(Renewal.class.getName(), record -> true);
                ClockApplication application = application()) {
            assertWarning(
                    log,
                    "no certificate for [clock.example] from " + pebble.directory() + ": Network error (",
                    "ConnectException");
            assertThatThrownBy(() -> application.certificate(SSLContext.getDefault()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void keyThatOthersCanReadIsRefused() throws Exception {
        obtainCertificate();
        Files.setPosixFilePermissions(certificate(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> application().close())
                .hasStackTraceContaining(certificate()
                        + " is not only its owner's: others can read or change the private key in it. Run chmod 600 "
                        + certificate());
    }

    @Test
    void noThreadIsLeftAtTheEnd() {
        application().close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("acme-renewal");
    }
}
