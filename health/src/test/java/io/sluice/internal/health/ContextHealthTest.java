package io.sluice.internal.health;

import static io.sluice.internal.health.HealthReport.live;
import static io.sluice.internal.health.HealthReport.ready;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContexts;
import io.sluice.context.callback.PasswordCallback;
import io.sluice.context.callback.PasswordRequest;
import io.sluice.it.support.Application;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.EncryptedKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The material of contexts in the readiness check. */
class ContextHealthTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain VALID = AUTHORITY.issue("health.example");
    private static final TestChain EXPIRED =
            AUTHORITY.issue(CertificateProfile.of("health.example").expired());
    private static final String WEB = "sluice.ssl.web.";
    private static final String SECRET = "opensesame";

    @TempDir
    Path directory;

    @ApplicationScoped
    @SslContext("web")
    public static class WrongPassword implements PasswordCallback {
        @Override
        public char[] password(PasswordRequest request) {
            return "wrong".toCharArray();
        }
    }

    private Application.Builder context(TestChain key, String trust, Class<?>... beans) throws Exception {
        key.write(directory, "web");
        return HealthReport.application(beans)
                .with(WEB + "key-store.pem.0.cert", directory.resolve("web.crt").toString())
                .with(WEB + "key-store.pem.0.key", directory.resolve("web.key").toString())
                .with(WEB + "trust-store.pem.certs", trust)
                .with(WEB + "warm-up", "2");
    }

    @Test
    void contextIsDescribedByItsGenerationItsExpiryAndItsWarmUp() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        try (Application application = context(VALID, AUTHORITY.pem()).start()) {
            HealthReport report = ready(application);
            assertThat(report.isUp()).isTrue();
            assertThat(report.data())
                    .containsEntry("context.web.generation", 1L)
                    .containsEntry("context.web.key.daysLeft", 0L)
                    .containsEntry("context.web.key.subject", "CN=health.example")
                    .containsEntry("context.web.key.notAfter", notAfter(VALID).toString())
                    .containsEntry("context.web.trust.daysLeft", 0L)
                    .containsEntry("context.web.trust.subject", "CN=authority")
                    .containsEntry(
                            "context.web.trust.notAfter",
                            AUTHORITY.certificate().getNotAfter().toInstant().toString())
                    .containsEntry("context.web.warmUp", 2L)
                    .doesNotContainKeys("context.web.problems", "context.none.generation", "reason");
            assertThat(Instant.parse((String) report.data().get("context.web.loadedAt")))
                    .isBetween(before, Instant.now());
            assertThat(live(application).data()).as("of liveness").isEmpty();
        }
    }

    private static Instant notAfter(TestChain chain) {
        return chain.leaf().certificate().getNotAfter().toInstant();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key   |        | true
            key   | report | true
            key   | down   | false
            trust |        | true
            trust | down   | false
            none  | down   | true
            """)
    void expiredMaterialCountsOnlyWithTheKey(String expired, String setting, boolean isReady) throws Exception {
        boolean isKey = expired.equals("key");
        String trust = expired.equals("trust") ? EXPIRED.leaf().certificatePem() + AUTHORITY.pem() : AUTHORITY.pem();
        Application.Builder builder = context(isKey ? EXPIRED : VALID, trust);
        if (setting != null) {
            builder.with("sluice.health.expired", setting);
        }
        try (Application application = builder.start()) {
            HealthReport report = ready(application);
            assertThat(report.isUp()).isEqualTo(isReady);
            assertThat(live(application).isUp()).isTrue();
            if (!expired.equals("none")) {
                assertThat(report.data())
                        .containsEntry(
                                "context.web." + expired + ".notAfter",
                                notAfter(EXPIRED).toString())
                        .hasEntrySatisfying(
                                "context.web." + expired + ".daysLeft",
                                left -> assertThat((Long) left).isNegative());
            }
            assertThat(report.data().get("reason"))
                    .isEqualTo(
                            isReady
                                    ? null
                                    : "the " + expired
                                            + " of context 'web': the certificate 'CN=health.example' expired at "
                                            + notAfter(EXPIRED));
        }
    }

    @Test
    void failedReloadIsReportedAndTheMaterialInUseCounts() throws Exception {
        try (Application application = context(VALID, AUTHORITY.pem())
                .with("sluice.health.expired", "down")
                .start()) {
            Object loadedAt = ready(application).data().get("context.web.loadedAt");
            String key = Files.readString(directory.resolve("web.key"));
            Files.writeString(directory.resolve("web.key"), "no key");
            SslContexts contexts = application.get(SslContexts.class);
            assertThatThrownBy(() -> contexts.reload("web")).isInstanceOf(SslContextException.class);

            HealthReport report = ready(application);
            assertThat(report.isUp()).isTrue();
            assertThat(report.data())
                    .containsEntry("context.web.generation", 1L)
                    .containsEntry("context.web.loadedAt", loadedAt)
                    .hasEntrySatisfying(
                            "context.web.problems",
                            problems -> assertThat((String) problems)
                                    .contains("sluice.ssl.web.key-store.pem.0.key")
                                    .contains(directory.resolve("web.key").toString()));

            Files.writeString(directory.resolve("web.key"), key);
            contexts.reload("web");
            assertThat(ready(application).data())
                    .containsEntry("context.web.generation", 2L)
                    .doesNotContainKey("context.web.problems");
        }
    }

    @ParameterizedTest
    @CsvSource({"report, true", "down, false"})
    void contextThatCannotBeLoadedCountsOnlyWithTheKey(String setting, boolean isReady) throws Exception {
        Application.Builder builder = context(VALID, AUTHORITY.pem(), WrongPassword.class)
                .with(
                        WEB + "key-store.pem.0.key",
                        EncryptedKeys.pkcs8(VALID.leaf().key(), SECRET))
                .with("sluice.health.expired", setting);
        try (Application application = builder.start()) {
            assertThat(ready(application).isUp()).as("nobody has used it").isTrue();
            assertThat(ready(application).data())
                    .containsEntry("context.web.generation", 0L)
                    .containsEntry("context.web.warmUp", 0L)
                    .doesNotContainKeys("context.web.problems", "context.web.loadedAt");
            SslContexts contexts = application.get(SslContexts.class);
            assertThatThrownBy(() -> contexts.reload("web")).isInstanceOf(SslContextException.class);

            HealthReport report = ready(application);
            assertThat(report.isUp()).isEqualTo(isReady);
            assertThat(report.data())
                    .hasEntrySatisfying(
                            "context.web.problems",
                            problems -> assertThat((String) problems)
                                    .contains("the password of the PasswordCallback bean"));
            assertThat(report.data().get("reason")).isEqualTo(isReady ? null : "context 'web' cannot be loaded");
            assertThat(report.json()).doesNotContain("PRIVATE KEY", SECRET);
        }
    }

    @Test
    void daysAreWholeOnesAndNegativeFromTheFirstMomentOn() {
        Instant end = Instant.parse("2026-11-30T12:00:00Z");
        Expiry expiry = new Expiry("CN=x", end);
        assertThat(expiry.daysLeft(end.minus(Duration.ofHours(49)))).isEqualTo(2);
        assertThat(expiry.daysLeft(end.minus(Duration.ofHours(47)))).isEqualTo(1);
        assertThat(expiry.daysLeft(end)).isZero();
        assertThat(expiry.hasPassed(end)).isFalse();
        assertThat(expiry.daysLeft(end.plusMillis(1))).isEqualTo(-1);
        assertThat(expiry.hasPassed(end.plusMillis(1))).isTrue();
    }
}
