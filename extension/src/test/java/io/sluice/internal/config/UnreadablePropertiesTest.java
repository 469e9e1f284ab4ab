package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.server.SocketEndpoint;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SecretKeysHandler;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSourceProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions of the configuration become problems that name the property, without a stack trace. */
class UnreadablePropertiesTest {
    private static final String P = "sluice.ssl.web.";
    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";
    private static final String SECRET = "s3cret-Pa55word";

    private final Problems problems = new Problems();

    @SocketEndpoint(value = "web", port = 0)
    static void serve() {}

    /** Decodes nothing, and its messages contain its input. */
    private static final class Failing implements SecretKeysHandler {
        @Override
        public String decode(String secret) {
            throw new IllegalStateException("cannot decode " + secret);
        }

        @Override
        public String getName() {
            return "failing";
        }
    }

    private static Config config(UnaryOperator<SmallRyeConfigBuilder> more, String... namesAndValues) {
        Map<String, String> properties = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return more.apply(new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new PropertiesConfigSource(properties, "application.properties", 100)))
                .build();
    }

    private Optional<ContextSettings> read(Config config) {
        SluiceConfiguration configuration = SluiceConfiguration.of(config);
        configuration.configuredNames();
        configuration.reportUnknownKeys(problems);
        configuration.reportUnknownEndpointKeys(Set.of("web"), problems);
        configuration.endpoint(declared(), problems);
        return ConfiguredContexts.settings(configuration, "web", problems);
    }

    private static SocketEndpoint declared() {
        try {
            return UnreadablePropertiesTest.class.getDeclaredMethod("serve").getAnnotation(SocketEndpoint.class);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> messages() {
        return problems.errors().stream().map(Problem::message).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            protocols              | ${failing::x}     | its expression cannot be resolved (java.lang.IllegalStateException: cannot decode x)
            protocols[0]           | ${failing::x}     | its expression cannot be resolved (java.lang.IllegalStateException: cannot decode x)
            alpn                   | ${absent::x}      | its expression cannot be resolved (java.util.NoSuchElementException: SRCFG00046: Could not find a secret key handler for absent)
            handshake-timeout      | ${circle.a}       | its expression cannot be resolved (java.lang.IllegalArgumentException: SRCFG00025: Recursive expression expansion is too deep for circle.a)
            trust-store.jdk        | ${failing::true}  | its expression cannot be resolved (java.lang.IllegalStateException: cannot decode true)
            key-store.p12.password | ${failing::s3cret-Pa55word} | its expression cannot be resolved (java.lang.IllegalStateException)
            key-store.p12.password | s3cret-Pa55word${absent::s3cret-Pa55word} | its expression cannot be resolved (java.util.NoSuchElementException: SRCFG00046)
            key-store.pem[0].key   | ${failing::s3cret-Pa55word} | its expression cannot be resolved (java.lang.IllegalStateException)
            trust-store.p12.password | ${circle.a}     | its expression cannot be resolved (java.lang.IllegalArgumentException: SRCFG00025)
            """)
    void expressionThatFailsIsAProblem(String key, String value, String fault) {
        read(config(
                builder -> builder.withSecretKeysHandlers(new Failing()), P + key, value, "circle.a", "${circle.a}"));

        assertThat(messages())
                .containsOnlyOnce(
                        P + key + FROM + fault + ". Correct the expression, or the property that it refers to.")
                .noneMatch(message -> message.contains(SECRET));
    }

    @Test
    void secretKeysAreAProblem() {
        read(config(
                builder -> builder.withSecretKeys(P + "key-store.p12.password", "other"),
                P + "key-store.p12.password",
                SECRET,
                P + "protocols",
                "${other}",
                "other",
                "TLSv1.3"));

        assertThat(messages())
                .contains(
                        P + "key-store.p12.password" + FROM + "the configuration refuses to read it"
                                + " (java.lang.SecurityException: SRCFG00024). Remove the property, and the"
                                + " properties that its expression uses, from the secret keys.",
                        P + "protocols" + FROM + "the configuration refuses to read it"
                                + " (java.lang.SecurityException: SRCFG00024: Not allowed to access secret key other)."
                                + " Remove the property, and the properties that its expression uses, from the secret keys.");
    }

    @Test
    void valuesOfEndpointsAndListsOfContextsAreProblemsToo() {
        read(config(
                builder -> builder.withSecretKeysHandlers(new Failing()),
                "sluice.contexts",
                "${failing::a}",
                "sluice.endpoint.web.port",
                "${failing::b}",
                "sluice.ssl.web.protocls",
                "${failing::c}"));

        assertThat(problems.errors())
                .extracting(Problem::property)
                .containsOnlyOnce("sluice.contexts", "sluice.endpoint.web.port")
                .contains("sluice.ssl.web.protocls");
    }

    private record Source(Set<String> names, RuntimeException failure) implements ConfigSource {
        @Override
        public Set<String> getPropertyNames() {
            return names;
        }

        @Override
        public int getOrdinal() {
            return 500;
        }

        @Override
        public String getValue(String name) {
            if (name.startsWith("sluice.")) {
                throw failure;
            }
            return null;
        }

        @Override
        public String getName() {
            return "Vault";
        }
    }

    @Test
    void sourceThatFailsIsOneProblemForAllItsProperties() {
        Optional<ContextSettings> settings =
                read(config(builder -> builder.withSources(new Source(Set.of(), new IllegalStateException("sealed")))));

        assertThat(settings).isEmpty();
        assertThat(messages())
                .singleElement()
                .asString()
                .startsWith("sluice.")
                .endsWith(" (from Vault): the config source cannot read it (java.lang.IllegalStateException: sealed)."
                        + " Repair the source.");
    }

    @Test
    void sourceWithoutItsNamesLeavesThoseOfTheOthers() {
        boolean[] sealed = {false};
        Config config = config(
                builder -> builder.withSources(new ConfigSource() {
                    @Override
                    public Set<String> getPropertyNames() {
                        if (sealed[0]) {
                            throw new IllegalStateException("sealed");
                        }
                        return Set.of();
                    }

                    @Override
                    public String getValue(String name) {
                        return null;
                    }

                    @Override
                    public String getName() {
                        return "Vault";
                    }
                }),
                P + "protocls",
                "TLSv1.3");
        sealed[0] = true;
        read(config);

        assertThat(messages())
                .contains(P + "protocls" + FROM
                        + "there is no key 'protocls' (did you mean protocols?). Correct the name, or remove the"
                        + " property.")
                .contains("sluice.… (from Vault): the config source cannot list its properties"
                        + " (java.lang.IllegalStateException: sealed). Repair the source.")
                .hasSize(2);
    }

    /** Found through META-INF/services. */
    public static final class Broken implements ConfigSourceProvider {
        /** For the service loader. */
        public Broken() {}

        @Override
        public Iterable<ConfigSource> getConfigSources(ClassLoader loader) {
            throw new IllegalStateException("the vault is sealed");
        }
    }

    @Test
    void configurationThatCannotBeSetUpSaysWhy(@TempDir Path directory) throws Exception {
        Path service = directory.resolve("META-INF/services/" + ConfigSourceProvider.class.getName());
        Files.createDirectories(service.getParent());
        Files.writeString(service, Broken.class.getName());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            assertThatThrownBy(SluiceConfiguration::current)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "MicroProfile Config cannot be set up here (java.lang.IllegalStateException: the vault is"
                                    + " sealed). Repair its sources and converters");
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
