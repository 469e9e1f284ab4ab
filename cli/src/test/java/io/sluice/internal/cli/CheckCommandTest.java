package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.sluice.internal.cli.Cli.Result;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sluice check}. */
class CheckCommandTest {

    private static final String SECRET = "do-not-print-me";

    @TempDir
    private Path directory;

    @BeforeEach
    void makeCertificate() throws IOException {
        TestChain chain = TestAuthority.create("Authority").issue("localhost");
        chain.write(directory, "server");
        TestChain.writeKeyStore(chain.keyStore("PKCS12", "key", SECRET), SECRET, directory.resolve("server.p12"));
        write(
                "good.properties",
                "sluice.ssl.web.key-store.pem.0.cert=server.crt",
                "sluice.ssl.web.key-store.pem.0.key=server.key",
                "sluice.endpoint.web.port=8443");
    }

    private void write(String file, String... lines) throws IOException {
        Files.write(directory.resolve(file), List.of(lines));
    }

    @Test
    void aUsableConfigurationIsOkAndSilentOnTheErrorStream() throws Exception {
        Result result = Cli.in(directory).run("check", "good.properties");

        assertThat(result.output()).startsWith("ok: 1 context (web), 1 endpoint (web)");
        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void allProblemsAreReportedAtOnceWithTheirPropertyAndSource() throws Exception {
        write(
                "bad.properties",
                "sluice.ssl.web.key-store.pem.0.cert=missing.crt",
                "sluice.ssl.web.key-store.pem.0.key=server.key",
                "sluice.ssl.web.protocls=TLSv1.3",
                "sluice.ssl.queue.client-auth=perhaps",
                "sluice.endpoint.web.port=70000",
                "sluice.endpoint.web.prt=1",
                "sluice.contexts=absent");

        Result result = Cli.in(directory).run("check", "bad.properties");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.errors()).isEmpty();
        assertThat(result.output())
                .contains("missing.crt")
                .contains("error: sluice.ssl.web.protocls (from bad.properties): there is no key 'protocls'")
                .contains("did you mean")
                .contains("error: sluice.ssl.queue.client-auth (from bad.properties)")
                .contains("error: sluice.endpoint.web.port (from bad.properties)")
                .contains("error: sluice.endpoint.web.prt (from bad.properties): there is no key 'prt'")
                .contains("nothing configures context 'absent'")
                .contains("failed: ");
    }

    @Test
    void keysOfOptionalJarsAreKnownAndChecked() throws Exception {
        write("health.properties", "sluice.health.expired=down");
        write(
                "wrong.properties",
                "sluice.health.expired=dwon",
                "sluice.journal.size=many",
                "sluice.management.enabled=maybe");

        assertThat(Cli.in(directory)
                        .run("check", "good.properties", "health.properties")
                        .exitCode())
                .isZero();
        assertThat(Cli.in(directory)
                        .run("check", "good.properties", "wrong.properties")
                        .output())
                .contains("error: sluice.health.expired (from wrong.properties): 'dwon' is not valid")
                .contains("error: sluice.journal.size (from wrong.properties): 'many' is not")
                .contains(
                        "error: sluice.management.enabled (from wrong.properties): 'maybe' is neither true nor false");
    }

    @Test
    void jsonHasThePartsOfEachProblem() throws Exception {
        write("bad.properties", "sluice.ssl.web.protocls=TLSv1.3");

        Result result = Cli.in(directory).run("check", "--json", "good.properties", "bad.properties");

        JsonObject json = result.json();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(json.get("ok").getAsBoolean()).isFalse();
        assertThat(json.get("errors").getAsInt()).isEqualTo(1);
        assertThat(json.getAsJsonArray("contexts"))
                .map(JsonElement::getAsString)
                .containsExactly("web");
        JsonObject finding = json.getAsJsonArray("findings").get(0).getAsJsonObject();
        assertThat(finding.get("severity").getAsString()).isEqualTo("error");
        assertThat(finding.get("property").getAsString()).isEqualTo("sluice.ssl.web.protocls");
        assertThat(finding.get("source").getAsString()).isEqualTo("bad.properties");
        assertThat(finding.get("remedy").getAsString()).contains("Correct the name");
    }

    @Test
    void laterFilesAndTheEnvironmentOverride() throws Exception {
        write("first.properties", "sluice.ssl.web.client-auth=wrong", "sluice.ssl.web.protocols=wrong");
        write(
                "second.properties",
                "sluice.ssl.web.client-auth=need",
                "sluice.ssl.web.trust-store.pem.certs=server.crt");

        Result result = Cli.in(directory)
                .environment("SLUICE_SSL_WEB_PROTOCOLS", "TLSv1.3")
                .run("check", "first.properties", "good.properties", "second.properties");

        assertThat(result.output()).contains("ok:");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void classPathHasTheConfigurationAndFilesOfTheApplication() throws Exception {
        Files.createDirectories(directory.resolve("app/META-INF"));
        Files.copy(directory.resolve("server.crt"), directory.resolve("app/server.crt"));
        Files.copy(directory.resolve("server.key"), directory.resolve("app/server.key"));
        write(
                "app/META-INF/microprofile-config.properties",
                "sluice.ssl.web.key-store.pem.0.cert=classpath:server.crt",
                "sluice.ssl.web.key-store.pem.0.key=classpath:server.key");

        Result result = Cli.in(directory).run("check", "--class-path", "app");

        assertThat(result.output()).contains("ok: 1 context (web)");
    }

    @Test
    void whatABeanCouldSupplyIsAWarningThatOnlyStrictCounts() throws Exception {
        write("endpoint.properties", "sluice.endpoint.web.port=8443");

        Result lenient = Cli.in(directory).run("check", "endpoint.properties");
        Result strict = Cli.in(directory).run("check", "--strict", "endpoint.properties");

        assertThat(lenient.output())
                .contains("warning: sluice.endpoint.web.ssl")
                .contains("usable: 1 warning");
        assertThat(lenient.exitCode()).isZero();
        assertThat(strict.output()).contains("failed: 1 warning");
        assertThat(strict.exitCode()).isEqualTo(1);
    }

    @Test
    void theContextOfAnEndpointNeedsAKey() throws Exception {
        write("keyless.properties", "sluice.ssl.web.protocols=TLSv1.3", "sluice.endpoint.web.port=8443");

        Result result = Cli.in(directory).run("check", "keyless.properties");

        assertThat(result.output()).contains("warning: sluice.endpoint.web.ssl").contains("key-store");
    }

    @ParameterizedTest
    @CsvSource({"do-not-print-me,0", "do-not-print-me-either,1"})
    void noPasswordIsPrinted(String password, int exitCode) throws Exception {
        write(
                "store.properties",
                "sluice.ssl.web.key-store.p12.path=server.p12",
                "sluice.ssl.web.key-store.p12.password=" + password);

        for (String[] arguments : List.of(
                new String[] {"check", "store.properties"}, new String[] {"check", "--json", "store.properties"})) {
            Result result = Cli.in(directory).run(arguments);

            assertThat(result.exitCode()).isEqualTo(exitCode);
            assertThat(result.output() + result.errors()).doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "absent.properties, cannot be read",
        "app.yaml, which this command does not read",
        "'', no configuration is named"
    })
    void anUnusableCommandLineIsToldOnTheErrorStream(String file, String message) throws Exception {
        Result result = file.isEmpty()
                ? Cli.in(directory).run("check")
                : Cli.in(directory).run("check", file);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.output()).isEmpty();
        assertThat(result.errors()).startsWith("sluice: ").contains(message);
    }

    @Test
    void coloursAreOnlyForTerminals() throws Exception {
        Result piped = Cli.in(directory).run("check", "good.properties");
        Result coloured = Cli.in(directory).option("-Dpicocli.ansi=true").run("check", "good.properties");

        assertThat(piped.output()).doesNotContain("\u001b");
        assertThat(coloured.output()).contains("\u001b[").contains("ok:");
    }

    @Test
    void severitiesAreKnown() throws Exception {
        write("both.properties", "sluice.endpoint.web.port=8443", "sluice.ssl.queue.protocls=x");

        JsonObject json =
                Cli.in(directory).run("check", "--json", "both.properties").json();

        assertThat(StreamSupport.stream(json.getAsJsonArray("findings").spliterator(), false)
                        .map(finding ->
                                finding.getAsJsonObject().get("severity").getAsString()))
                .contains("error", "warning");
    }
}
