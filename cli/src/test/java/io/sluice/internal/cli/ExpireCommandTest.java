package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sluice.internal.cli.Cli.Result;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sluice expire}. The test kit's authorities are valid for a day. */
class ExpireCommandTest {

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws IOException {
        TestAuthority authority = TestAuthority.create("Authority");
        authority
                .issue(CertificateProfile.of("localhost").validFor(Duration.ofDays(10)))
                .write(directory, "server");
        authority.issue(CertificateProfile.of("old").expired()).write(directory, "old");
        Files.writeString(directory.resolve("authority.crt"), authority.pem());
        write(
                "web.properties",
                "sluice.ssl.web.key-store.pem.0.cert=server.crt",
                "sluice.ssl.web.key-store.pem.0.key=server.key",
                "sluice.ssl.web.trust-store.pem.certs=authority.crt");
        write(
                "old.properties",
                "sluice.ssl.old.key-store.pem.0.cert=old.crt",
                "sluice.ssl.old.key-store.pem.0.key=old.key");
        write("broken.properties", "sluice.ssl.broken.trust-store.pem.certs=missing.crt");
    }

    private void write(String file, String... lines) throws IOException {
        Files.write(directory.resolve(file), List.of(lines));
    }

    @ParameterizedTest
    @CsvSource({"1h,0", "PT2H,0", "5d,1", "30d,1"})
    void theExitCodeSaysWhetherSomethingExpires(String within, int exitCode) throws Exception {
        Result result = Cli.in(directory).run("expire", within, "--config", "web.properties");

        assertThat(result.exitCode()).isEqualTo(exitCode);
        assertThat(result.errors()).isEmpty();
        assertThat(result.output()).contains(exitCode == 0 ? "ok: no certificate of 1 context" : "renew: ");
    }

    @Test
    void keysIssuersAndTrustAreListedTheFirstToExpireFirst() throws Exception {
        JsonObject json = Cli.in(directory)
                .run("expire", "30d", "--json", "--config", "web.properties")
                .json();

        assertThat(json.getAsJsonArray("certificates"))
                .map(certificate -> certificate.getAsJsonObject().get("use").getAsString())
                .containsExactlyInAnyOrder("chain", "trust", "key")
                .last()
                .isEqualTo("key");
        JsonElement key = json.getAsJsonArray("certificates").get(2);
        assertThat(key.getAsJsonObject().get("daysLeft").getAsInt()).isEqualTo(9);
        assertThat(key.getAsJsonObject().get("location").getAsString()).endsWith("server.crt");
    }

    @Test
    void anExpiredCertificateIsMarked() throws Exception {
        Result result = Cli.in(directory).run("expire", "1h", "old.properties");

        assertThat(result.output())
                .startsWith("expired: ")
                .contains("context 'old', key: ")
                .contains("CN=old");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void aContextThatCannotBeLoadedLeavesTheQuestionOpen() throws Exception {
        Result alone = Cli.in(directory).run("expire", "1h", "broken.properties");
        Result besides = Cli.in(directory).run("expire", "1h", "broken.properties", "old.properties");

        assertThat(alone.exitCode()).isEqualTo(3);
        assertThat(alone.output()).contains("missing.crt").contains("no answer:");
        assertThat(besides.exitCode()).isEqualTo(1);
        assertThat(besides.output()).contains("missing.crt").contains("expired: ");
    }

    @ParameterizedTest
    @CsvSource({"soon", "0d", "-1d"})
    void aWrongTimeIsToldOnTheErrorStream(String within) throws Exception {
        Result result = Cli.in(directory).run("expire", within, "--config", "web.properties");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).isNotBlank();
    }
}
