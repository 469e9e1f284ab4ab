package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContextException;
import io.sluice.internal.context.LoadAttempt;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.ExpirationPolicy;
import io.sluice.internal.settings.ExpiryWarning;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RotationSettings;
import io.sluice.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings that say how a context follows its files and when it warns, and the messages about those that are wrong. */
class RotationSettingsTest {

    private static final String P = "sluice.ssl.web.";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    static Path directory;

    @BeforeAll
    static void write() throws Exception {
        Files.writeString(directory.resolve("trust.pem"), AUTHORITY.pem());
    }

    private static Map<String, String> properties(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(P + keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private static RotationSettings read(String key, String value) {
        Problems problems = new Problems();
        Optional<ContextSettings> settings = ConfiguredContexts.settings(
                SluiceConfiguration.of(
                        TestConfig.of(properties("trust-store.pem.certs", directory + "/trust.pem", key, value))),
                "web",
                problems);
        assertThat(problems.errors()).isEmpty();
        return settings.orElseThrow().rotation();
    }

    @Test
    void nothingConfiguredMeansAMinuteAndTwoWarnings() {
        RotationSettings read = read("protocols", "TLSv1.3");

        assertThat(read.reloadPeriod()).contains(Duration.ofMinutes(1));
        assertThat(read.expiryWarnings()).containsExactly(ExpiryWarning.ofPercent(25), ExpiryWarning.ofPercent(10));
        assertThat(read.ownKeys()).isEqualTo(ExpirationPolicy.WARN);
        assertThat(read.trust()).isEqualTo(ExpirationPolicy.WARN);
    }

    @Test
    void configuredValuesAreRead() {
        assertThat(read("reload-period", "30s").reloadPeriod()).contains(Duration.ofSeconds(30));
        assertThat(read("reload-period", "OFF").reloadPeriod()).isEmpty();
        assertThat(read("expiry-warning", "50%, 7d,PT1H").expiryWarnings())
                .containsExactly(
                        ExpiryWarning.ofPercent(50),
                        ExpiryWarning.of(Duration.ofDays(7)),
                        ExpiryWarning.of(Duration.ofHours(1)));
        assertThat(read("expiry-warning", "off").expiryWarnings()).isEmpty();
        assertThat(read("key-store.certificate-expiration-policy", "reject").ownKeys())
                .isEqualTo(ExpirationPolicy.REJECT);
        assertThat(read("trust-store.certificate-expiration-policy", "ignore").trust())
                .isEqualTo(ExpirationPolicy.IGNORE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "reload-period | 0s | '0s' is not a duration from 10ms to 10000d. Use a form such as 1m, 30s or PT1H, or"
                        + " off to reload only from code.",
                "reload-period | never | 'never' is not a duration from 10ms to 10000d. Use a form such as 1m, 30s or"
                        + " PT1H, or off to reload only from code.",
                "reload-period | PT0.001S | 'PT0.001S' is not a duration from 10ms to 10000d. Use a form such as 1m, 30s or"
                        + " PT1H, or off to reload only from code.",
                "reload-period | P99999999D | 'P99999999D' is not a duration from 10ms to 10000d. Use a form such as 1m,"
                        + " 30s or PT1H, or off to reload only from code.",
                "expiry-warning | 100% | '100%' is neither a percentage from 1% to 99% nor a duration up to"
                        + " 10000d. Use a list such as 25%,10% or 30d,7d, or off for no warning.",
                "expiry-warning | 7d,soon | 'soon' is neither a percentage from 1% to 99% nor a duration up to"
                        + " 10000d. Use a list such as 25%,10% or 30d,7d, or off for no warning.",
                "key-store.certificate-expiration-policy | fail | 'fail' is not valid. Use one of ignore, warn,"
                        + " reject."
            },
            quoteCharacter = '"')
    void valueThatCannotBeReadIsAProblem(String key, String value, String message) {
        assertThat(messages(properties("trust-store.pem.certs", directory + "/trust.pem", key, value)))
                .containsExactly(P + key + " (from " + TestConfig.SOURCE + "): " + message);
    }

    @Test
    void periodOfAContextWithoutFilesIsAProblem() {
        assertThat(messages(properties("trust-store.pem.certs", AUTHORITY.pem(), "reload-period", "1m")))
                .containsExactly(
                        period("context 'web' reads no file that could be watched. Remove this property, or keep"
                                + " the keys or the trust in files."));
        assertThat(messages(properties("managed.jndi", "java:web", "reload-period", "1m")))
                .contains(period("the server manages context 'web' (" + P + "managed.jndi), so there are no files to"
                        + " watch. Remove this property. Each SslContexts.reload looks the name up again."));
        assertThat(messages(properties("managed.liberty", "web", "reload-period", "1m")))
                .contains(period("the server manages context 'web' (" + P + "managed.liberty), so there are no files to"
                        + " watch. Remove this property. Changes in the server are followed without it."));
    }

    @Test
    void contextWithoutFilesMayTurnReloadsOff() {
        assertThat(messages(properties("trust-store.pem.certs", AUTHORITY.pem(), "reload-period", "off")))
                .isEmpty();
    }

    private static String period(String message) {
        return P + "reload-period (from " + TestConfig.SOURCE + "): " + message;
    }

    private static List<String> messages(Map<String, String> properties) {
        Problems problems = new Problems();
        Optional<ContextSettings> settings =
                ConfiguredContexts.settings(SluiceConfiguration.of(TestConfig.of(properties)), "web", problems);
        List<Problem> all = new ArrayList<>(problems.errors());
        try {
            if (settings.isPresent()) {
                ConfiguredContexts.source(settings.get()).load(new LoadAttempt());
            }
        } catch (SslContextException e) {
            all.addAll(e.propertyProblems());
        }
        return all.stream().map(Problem::message).toList();
    }
}
