package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.cli.Cli.Result;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A JMX agent with TLS, or without although the user wants it. */
class ServiceTlsTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("Authority");
    private static final String PASSWORD = "changeit";

    @TempDir
    private Path directory;

    @BeforeEach
    void configure() throws Exception {
        Files.writeString(directory.resolve("shop.json"), SampleDocument.text());
        Files.writeString(directory.resolve("authority.crt"), AUTHORITY.pem());
        Files.writeString(
                directory.resolve("other.crt"), TestAuthority.create("Other").pem());
        Files.write(
                directory.resolve("app.properties"),
                List.of(
                        "sluice.ssl.jmx.trust-store.pem.certs=authority.crt",
                        "sluice.ssl.other.trust-store.pem.certs=other.crt"));
    }

    private ServiceProcess start(String host, boolean registryHasTls) throws Exception {
        Path file = TestChain.writeKeyStore(
                AUTHORITY.issue(host).keyStore("PKCS12", "jmx", PASSWORD), PASSWORD, directory.resolve("jmx.p12"));
        ChildJvm jvm = ServiceProcess.withAgent(false, true)
                .property("com.sun.management.jmxremote.registry.ssl", Boolean.toString(registryHasTls))
                .property("javax.net.ssl.keyStore", file.toString())
                .property("javax.net.ssl.keyStoreType", "PKCS12")
                .property("javax.net.ssl.keyStorePassword", PASSWORD);
        return ServiceProcess.start(jvm, directory.resolve("shop.json").toString(), "shop");
    }

    private Result describe(ServiceProcess service, String context, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("describe", service.agent(), "--config", "app.properties", "--tls-context", context));
        arguments.addAll(List.of(more));
        return Cli.in(directory).run(arguments.toArray(String[]::new));
    }

    @Test
    void theContextTrustsTheAgentAndItsRegistry() throws Exception {
        try (ServiceProcess service = start("localhost", true)) {
            Result result = describe(service, "jmx");

            assertThat(result.errors()).isEmpty();
            assertThat(result.output()).startsWith("shop, ");
        }
    }

    @Test
    void aRegistryWithoutTlsIsAskedOnlyIfTheUserPermitsIt() throws Exception {
        try (ServiceProcess service = start("localhost", false)) {
            Result refused = describe(service, "jmx");
            Result permitted = describe(service, "jmx", "--plain-registry");

            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.output()).isEmpty();
            assertThat(permitted.output()).startsWith("shop, ");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, other, true",
        "localhost, other, false",
        "elsewhere.test, jmx, true",
        "elsewhere.test, jmx, false"
    })
    void anAgentThatTheContextDoesNotTrustIsNotAsked(String host, String context, boolean registryHasTls)
            throws Exception {
        try (ServiceProcess service = start(host, registryHasTls)) {
            Result result =
                    registryHasTls ? describe(service, context) : describe(service, context, "--plain-registry");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.output()).isEmpty();
            assertThat(result.errors()).contains("cannot be asked");
        }
    }

    /** Whoever answers for the registry could lead to an agent without TLS, and would get the password. */
    @Test
    void anAgentWithoutTlsGetsNothing() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(
                ServiceProcess.withAgent(false, false),
                directory.resolve("shop.json").toString(),
                "shop")) {
            Result result = describe(service, "jmx", "--plain-registry");

            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.output()).isEmpty();
            assertThat(result.errors()).contains("SSL");
        }
    }
}
