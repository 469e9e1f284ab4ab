package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslSide;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that real environment variables configure, each in a separate JVM. */
class EnvironmentTest {
    private static final String WHAT_TO_ADD = """
            Sluice requires MicroProfile Config, which is missing here. Add the dependencies\
             org.eclipse.microprofile.config:microprofile-config-api and io.smallrye.config:smallrye-config to the\
             application, or run it in a server that provides it
            """;

    private static final TestChain CHAIN = TestAuthority.create("authority").issue("localhost");

    @TempDir
    Path directory;

    /** Prints the configured names, the problems of the check of names, and whether each requested context can serve. */
    static final class Report {
        private Report() {}

        public static void main(String[] contexts) throws Exception {
            SluiceConfiguration configuration = SluiceConfiguration.current();
            System.out.println("names " + configuration.configuredNames());
            Problems problems = new Problems();
            configuration.reportUnknownKeys(problems);
            problems.errors().stream().map(Problem::message).forEach(System.out::println);
            for (String name : contexts) {
                boolean configured = ConfiguredContexts.settings(configuration, name, new Problems())
                        .isPresent();
                System.out.println(name + (configured ? " is configured" : " is not configured"));
                if (configured) {
                    ReloadableContext context = new ReloadableContext(
                            new ContextName(name), ConfiguredContexts.source(configuration, name));
                    context.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
                    System.out.println(name + " serves with timeouts " + context.timeouts());
                }
            }
        }
    }

    @Test
    void contextOfTheEnvironmentAloneIsFoundOnceItsNameIsAskedFor() throws Exception {
        Path store = TestChain.writeKeyStore(
                CHAIN.keyStore("PKCS12", "web", "changeit"), "changeit", directory.resolve("a.p12"));
        Path password = Files.writeString(directory.resolve("password"), "changeit\n");

        String output = ChildJvm.of(Report.class)
                .environment("SLUICE_SSL_MY_APP_KEY_STORE_P12_PATH", store.toString())
                .environment("SLUICE_SSL_MY_APP_KEY_STORE_P12_PASSWORD_FILE", password.toString())
                .environment("SLUICE_SSL_MY_APP_HANDSHAKE_TIMEOUT", "3s")
                .run("my-app", "other");

        assertThat(output).isEqualTo("""
                        names []
                        my-app is configured
                        my-app serves with timeouts TlsTimeouts[handshake=PT3S, close=PT2S]
                        other is not configured
                        """);
    }

    @Test
    void contextNamedInTheListOfContextsIsConfigured() throws Exception {
        String output = ChildJvm.of(Report.class)
                .environment("SLUICE_CONTEXTS", "my-app, web")
                .environment("SLUICE_SSL_MY_APP_KEY_STORE_PEM_0_CERT", CHAIN.pem())
                .environment("SLUICE_SSL_MY_APP_KEY_STORE_PEM_0_KEY", CHAIN.keyPem())
                .environment("SLUICE_SSL_WEB_PROTOCOLS", "TLSv1.3")
                .run("my-app");

        assertThat(output).isEqualTo("""
                        names [my-app, web]
                        my-app is configured
                        my-app serves with timeouts TlsTimeouts[handshake=PT10S, close=PT2S]
                        """);
    }

    @Test
    void contextInheritsFromOneThatTheEnvironmentAloneConfigures() throws Exception {
        String output = ChildJvm.of(Report.class)
                .environment("SLUICE_SSL_MY_BASE_KEY_STORE_PEM_0_CERT", CHAIN.pem())
                .environment("SLUICE_SSL_MY_BASE_KEY_STORE_PEM_0_KEY", CHAIN.keyPem())
                .environment("SLUICE_SSL_MY_BASE_HANDSHAKE_TIMEOUT", "3s")
                .environment("SLUICE_SSL_MY_BASE_SESSION_TIMEOUT", "1h")
                .environment("SLUICE_SSL_WEB_CLOSE_TIMEOUT", "1s")
                .environment("SLUICE_SSL_MY_BASE_CLIENT_KEY_STORE_PEM_0_CERT", CHAIN.pem())
                .environment("SLUICE_SSL_MY_BASE_CLIENT_KEY_STORE_PEM_0_KEY", CHAIN.keyPem())
                .environment("SLUICE_SSL_WEB_KEY_STORE_SNI", "true")
                .environment("SLUICE_SSL_WEB_KEY_STORE_SNI_UNMATCHED", "refuse")
                .property("sluice.ssl.web.inherits", "my-base")
                .run("web");

        assertThat(output).isEqualTo("""
                        names [web]
                        web is configured
                        web serves with timeouts TlsTimeouts[handshake=PT3S, close=PT1S]
                        """);
    }

    @Test
    void keyThatTheEnvironmentGivesAndAFileTooIsStillKnown() throws Exception {
        String output = ChildJvm.of(Report.class)
                .environment("SLUICE_SSL_WEB_KEY_STORE_PEM_0_CERT", CHAIN.pem())
                .environment("SLUICE_SSL_WEB_KEY_STORE_PEM_0_KEY", CHAIN.keyPem())
                .property("sluice.ssl.web.key-store.pem.0.cert", "classpath:not-there.pem")
                .property("sluice.ssl.web.protocls", "TLSv1.3")
                .run();

        assertThat(output).isEqualTo("""
                        names [web]
                        sluice.ssl.web.protocls (from SysPropConfigSource): there is no key 'protocls'\
                         (did you mean protocols?). Correct the name, or remove the property.
                        """);
    }

    @Test
    void configurationWithoutAnImplementationSaysWhatToAdd() throws Exception {
        String output = ChildJvm.of(WithoutConfig.class).without("smallrye").run();

        assertThat(output).isEqualTo(WHAT_TO_ADD);
    }

    @Test
    void configurationWithoutItsApiSaysWhatToAdd() throws Exception {
        String output = ChildJvm.of(WithoutConfig.class)
                .without("smallrye")
                .without("microprofile")
                .run();

        assertThat(output).isEqualTo(WHAT_TO_ADD);
    }

    static final class WithoutConfig {
        private WithoutConfig() {}

        public static void main(String[] args) {
            try {
                SluiceConfiguration.current();
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
