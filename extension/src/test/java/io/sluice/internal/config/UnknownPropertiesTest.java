package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each name below {@code sluice.} is read or reported. */
class UnknownPropertiesTest {
    private static final String FROM = " (from " + TestConfig.SOURCE + "): ";

    private final Problems problems = new Problems();

    @TempDir
    Path jar;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sluice.sll.web.protocols       | there is no 'sll' below 'sluice.' (did you mean ssl?). Correct the name, or remove the property.
            sluice.SSL.web.protocols       | there is no 'SSL' below 'sluice.' (did you mean ssl?). Correct the name, or remove the property.
            sluice.endpoints.web.port      | there is no 'endpoints' below 'sluice.' (did you mean endpoint?). Correct the name, or remove the property.
            sluice.context                 | there is no 'context' below 'sluice.' (did you mean contexts?). Correct the name, or remove the property.
            sluice.context[0]              | there is no 'context[0]' below 'sluice.' (did you mean contexts?). Correct the name, or remove the property.
            sluice.web.key-store.p12.path  | there is no 'web' below 'sluice.' (did you mean sluice.ssl.web.key-store.p12.path?). Correct the name, or remove the property.
            sluice.web.port                | there is no 'web' below 'sluice.' (did you mean sluice.endpoint.web.port?). Correct the name, or remove the property.
            sluice.web.close-timeout       | there is no 'web' below 'sluice.' (did you mean sluice.ssl.web.close-timeout or sluice.endpoint.web.close-timeout?). Correct the name, or remove the property.
            sluice.protocols               | there is no 'protocols' below 'sluice.' (did you mean sluice.ssl.<name>.protocols?). Correct the name, or remove the property.
            sluice.anything.else           | there is no 'anything' below 'sluice.'. Correct the name, or remove the property.
            sluice.contexts.web.protocols  | sluice.contexts is a list of names, with no keys below it. Write sluice.ssl.<name>.<key>, such as sluice.ssl.web.protocols.
            sluice.ssl                     | the name has no context or no key. Write sluice.ssl.<name>.<key>, such as sluice.ssl.web.protocols.
            sluice.ssl.web                 | the name has no context or no key. Write sluice.ssl.<name>.<key>, such as sluice.ssl.web.protocols.
            sluice.ssl.web.                | the name has no context or no key. Write sluice.ssl.<name>.<key>, such as sluice.ssl.web.protocols.
            sluice.ssl.web.port            | there is no key 'port' (did you mean sluice.endpoint.web.port?). Correct the name, or remove the property.
            sluice.ssl.web.protocls[0]     | there is no key 'protocls[0]' (did you mean protocols[0]?). Correct the name, or remove the property.
            sluice.ssl.web.protocls.0      | there is no key 'protocls.0' (did you mean protocols.0?). Correct the name, or remove the property.
            sluice.ssl.web.client-auth[0]  | the key takes one value, not a list. Write it without the number.
            sluice.ssl.web.key-store.pem.cert   | there is no key 'key-store.pem.cert' (did you mean key-store.pem.0.cert?). Correct the name, or remove the property.
            sluice.ssl.web.key-store.pem[1].crt | there is no key 'key-store.pem[1].crt' (did you mean key-store.pem[1].cert?). Correct the name, or remove the property.
            sluice.ssl.web.key-store.path  | there is no key 'key-store.path' (did you mean key-store.jks.path or key-store.other.path or key-store.p12.path?). Correct the name, or remove the property.
            sluice.ssl.web.key-store.knd   | there is no key 'key-store.knd' (did you mean key-store.kind?). Correct the name, or remove the property.
            """)
    void nameThatNothingReadsIsReported(String property, String message) {
        SluiceConfiguration.of(TestConfig.of(property, "x")).reportUnknownKeys(problems);

        assertThat(problems.errors()).extracting(Problem::message).containsExactly(property + FROM + message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sluice.endpoint                       | the name has no endpoint or no key. Write sluice.endpoint.<name>.<key>, such as sluice.endpoint.web.port.
            sluice.endpoint.web                   | the name has no endpoint or no key. Write sluice.endpoint.<name>.<key>, such as sluice.endpoint.web.port.
            sluice.endpoint.web.trusted-proxy[0]  | there is no key 'trusted-proxy[0]' (did you mean trusted-proxies[0]?). Correct the name, or remove the property.
            sluice.endpoint.web.port[0]           | the key takes one value, not a list. Write it without the number.
            sluice.endpoint.web.protocols         | there is no key 'protocols' (did you mean sluice.ssl.web.protocols?). Correct the name, or remove the property.
            """)
    void nameThatNoEndpointReadsIsReported(String property, String message) {
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(property, "x"));
        configuration.reportUnknownKeys(problems);
        configuration.reportUnknownEndpointKeys(Set.of("web"), problems);

        assertThat(problems.errors()).extracting(Problem::message).containsExactly(property + FROM + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sluice.contexts",
                "sluice.contexts[0]",
                "sluice.contexts.0",
                "sluice.ssl.web.protocols[0]",
                "sluice.ssl.web.protocols.0",
                "sluice.ssl.web.trust-store.pem.certs[12]",
                "sluice.ssl.web.key-store.pem[0].cert",
                "sluice.ssl.web.key-store.pem.order[0]",
                "sluice.ssl.1.protocols",
                "sluice.endpoint.web.trusted-proxies[0]",
                "sluice.endpoint.web.trusted-proxies.0",
                "sluiced.other"
            })
    void nameThatIsReadIsNotReported(String property) {
        SluiceConfiguration configuration = SluiceConfiguration.of(TestConfig.of(property, "x"));
        configuration.reportUnknownKeys(problems);
        configuration.reportUnknownEndpointKeys(Set.of("web"), problems);

        assertThat(problems.errors()).isEmpty();
    }

    @Test
    void propertiesOfAJarThatRegistersItsPrefixAreItsOwn() throws Exception {
        register("# of a test\n sluice.audit # its prefix\n\nsluice.trace\n");

        assertThat(checked(Map.of(), "sluice.audit.level", "sluice.trace", "sluice.trace[0].x"))
                .isEmpty();
        assertThat(checked(Map.of(), "sluice.auditor.level"))
                .containsExactly("sluice.auditor.level" + FROM
                        + "there is no 'auditor' below 'sluice.' (did you mean audit?). Correct the name, or remove the"
                        + " property.");
    }

    @Test
    void prefixOfAPublishedJarThatIsMissingSaysWhichJarToAdd() {
        Map<String, String> published = Map.of("sluice.audit", "io.sluice:sluice-audit");

        assertThat(checked(published, "sluice.audit.level"))
                .containsExactly("sluice.audit.level" + FROM
                        + "it is a property of io.sluice:sluice-audit, which is missing. Add the dependency"
                        + " io.sluice:sluice-audit, or remove the property.");
        assertThat(checked(published, "sluice.aduit.level"))
                .containsExactly("sluice.aduit.level" + FROM
                        + "there is no 'aduit' below 'sluice.' (did you mean audit?). Correct the name, or remove the"
                        + " property.");
    }

    @Test
    void publishedJarThatIsThereIsNotMissing() throws Exception {
        register("sluice.audit");

        assertThat(checked(Map.of("sluice.audit", "io.sluice:sluice-audit"), "sluice.audit.level"))
                .isEmpty();
    }

    @Test
    void registeredPrefixIsFoundThroughTheLoaderOfTheApplication() throws Exception {
        register("sluice.audit");
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader = loader()) {
            thread.setContextClassLoader(loader);
            SluiceConfiguration.of(TestConfig.of("sluice.audit.level", "x")).reportUnknownKeys(problems);
        } finally {
            thread.setContextClassLoader(before);
        }

        assertThat(problems.errors()).isEmpty();
    }

    private void register(String prefixes) throws Exception {
        Path resource = jar.resolve(OptionalPrefixes.RESOURCE);
        Files.createDirectories(resource.getParent());
        Files.writeString(resource, prefixes);
    }

    private URLClassLoader loader() throws Exception {
        return new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
    }

    private List<String> checked(Map<String, String> published, String... properties) {
        Problems found = new Problems();
        String[] namesAndValues = new String[properties.length * 2];
        for (int i = 0; i < properties.length; i++) {
            namesAndValues[2 * i] = properties[i];
            namesAndValues[2 * i + 1] = "x";
        }
        try (URLClassLoader loader = loader()) {
            new UnknownProperties(new PropertyReader(TestConfig.of(namesAndValues), found), found)
                    .check(OptionalPrefixes.of(published, List.of(loader), found));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return found.errors().stream().map(Problem::message).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            web, api        | -
            web, wbe        | nothing configures context 'wbe' (did you mean web?). Set sluice.ssl.wbe.…, or correct the name, or remove it from the list.
            none            | context 'none' is plaintext and has no settings. Remove it from the list.
            """, nullValues = "-")
    void listedContextThatNothingConfiguresIsReported(String list, String message) {
        SluiceConfiguration.of(TestConfig.of("sluice.contexts", list))
                .reportUnconfiguredContexts(Set.of("default", "web", "api"), problems);

        assertThat(problems.errors())
                .extracting(Problem::message)
                .isEqualTo(message == null ? List.of() : List.of("sluice.contexts" + FROM + message));
    }
}
