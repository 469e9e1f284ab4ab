package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.CertificateExpiring;
import io.sluice.context.CertificateExpiring.Use;
import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Warnings before the end of a validity, and what is done with certificates that have expired. */
class ExpiryTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    Path directory;

    private Watching watching(CertificateProfile profile, String... more) throws Exception {
        AUTHORITY.issue(profile).write(directory, "web");
        String[] own = {"key-store.pem.0.cert", directory + "/web.crt", "key-store.pem.0.key", directory + "/web.key"};
        String[] all = java.util.Arrays.copyOf(own, own.length + more.length);
        System.arraycopy(more, 0, all, own.length, more.length);
        return new Watching(all);
    }

    private static CertificateProfile endingIn(Duration end) {
        return CertificateProfile.of("soon.test").validFor(end);
    }

    @Test
    void eachThresholdAndTheEndAreReportedOnce() throws Exception {
        try (Watching web = watching(endingIn(Duration.ofSeconds(8)), "expiry-warning", "10m,4s")) {
            CertificateExpiring first = web.await(CertificateExpiring.class, 1);
            assertThat(first.use()).isEqualTo(Use.KEY);
            assertThat(first.subject()).isEqualTo("CN=soon.test");
            assertThat(first.source()).isEqualTo(directory + "/web.crt");
            assertThat(first.notAfter())
                    .isEqualTo(first.certificate().orElseThrow().getNotAfter().toInstant());

            web.await(CertificateExpiring.class, 3);
            web.awaitLooks();

            assertThat(web.events(CertificateExpiring.class))
                    .as("10 minutes, 4 seconds, the end")
                    .hasSize(3);
            assertThat(web.warnings()).hasSize(3);
            assertThat(web.warnings().get(0).getMessage())
                    .contains("context '" + web.name() + "'", "CN=soon.test", "expires at")
                    .containsPattern("in \\d seconds");
            assertThat(web.warnings().get(2).getMessage()).contains("expired at", "stays in use");
            assertThat(web.generation()).as("it stays in use").isEqualTo(1);

            AUTHORITY.issue("renewed.test").write(directory, "web");
            web.await(ContextReloaded.class, 1);
            web.awaitLooks();
            assertThat(web.events(CertificateExpiring.class)).hasSize(3);
        }
    }

    @Test
    void trustAndRevocationListsAreWatchedToo() throws Exception {
        TestChain own = AUTHORITY.issue(endingIn(Duration.ofHours(1)));
        Files.writeString(directory.resolve("trust.pem"), AUTHORITY.pem() + own.pem());
        Files.writeString(directory.resolve("list.pem"), AUTHORITY.crl(Duration.ofMinutes(5), own));
        try (Watching web = new Watching(
                "trust-store.pem.certs", directory + "/trust.pem",
                "trust-store.revocation-lists", directory + "/list.pem",
                "expiry-warning", "2h")) {
            web.await(CertificateExpiring.class, 2);

            assertThat(web.events(CertificateExpiring.class))
                    .extracting(CertificateExpiring::use)
                    .containsExactlyInAnyOrder(Use.TRUST, Use.REVOCATION_LIST);
        }
    }

    @ParameterizedTest
    @CsvSource({"25%, true", "1%, false", "off, false", "2d, true", "PT10M, false"})
    void thresholdIsAPartOfTheValidityOrATime(String warning, boolean reported) throws Exception {
        try (Watching web = watching(endingIn(Duration.ofMinutes(15)), "expiry-warning", warning)) {
            web.awaitLooks();

            // The certificate is valid for an hour before now, so 15 minutes are a fifth of its validity.
            // The authority is valid for a day.
            assertThat(web.events(CertificateExpiring.class))
                    .filteredOn(event -> event.subject().equals("CN=soon.test"))
                    .hasSize(reported ? 1 : 0);
        }
    }

    @Test
    void rejectedExpirationIsAProblemOfALoad() throws Exception {
        AUTHORITY.issue(CertificateProfile.of("old.test").expired()).write(directory, "old");
        assertThatThrownBy(() -> NamedContexts.web(
                                "key-store.pem.0.cert", directory + "/old.crt",
                                "key-store.pem.0.key", directory + "/old.key",
                                "key-store.certificate-expiration-policy", "reject")
                        .load())
                .hasMessageContaining("expired at")
                .hasMessageContaining("Renew the certificate");

        try (Watching web =
                watching(CertificateProfile.of("good.test"), "key-store.certificate-expiration-policy", "reject")) {
            AUTHORITY.issue(CertificateProfile.of("old.test").expired()).write(directory, "web");
            assertThat(web.await(ContextReloadFailed.class, 1).problems())
                    .singleElement()
                    .asString()
                    .contains("expired at");
            assertThat(web.generation()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"warn, 1", "ignore, 0"})
    void otherPoliciesUseAnExpiredTrustAnchor(String policy, int warnings) throws Exception {
        TestChain old = AUTHORITY.issue(CertificateProfile.of("old.test").expired());

        assertThat(NamedContexts.web(
                                "trust-store.pem.certs", old.pem(), "trust-store.certificate-expiration-policy", policy)
                        .load()
                        .warnings())
                .hasSize(warnings);
    }

    @Test
    void validityIsCheckedAlthoughFilesAreNotFollowed() throws Exception {
        try (Watching web =
                watching(endingIn(Duration.ofMinutes(15)), "expiry-warning", "20m", "reload-period", "off")) {
            web.await(CertificateExpiring.class, 1);

            assertThat(web.context().describe().nextLook()).isEmpty();
        }
    }
}
