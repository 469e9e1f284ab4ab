package io.sluice.it.boringssl;

import java.util.Map;
import java.util.Set;

/** The classes of tests that make no engine of BoringSSL, and the contexts of other classes that use JSSE, and why. */
final class WithoutEngines {

    private static final String NO_CONNECTION = "they make no connection";
    private static final String PLAINTEXT = "their connections are plaintext";
    private static final String OF_THE_APPLICATION = "their contexts are the application's own";
    private static final String INJECTED = "they use factories and other types that stay with JSSE";
    private static final String ANOTHER_JVM = "they start JVMs of their own";

    static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("AbsentConfigTest", NO_CONNECTION),
            Map.entry("ArquillianInjectionTest", OF_THE_APPLICATION),
            Map.entry("ArquillianTest", NO_CONNECTION),
            Map.entry("AssistedTest", PLAINTEXT),
            Map.entry("BadArgumentTest", NO_CONNECTION),
            Map.entry("CircularContextTest", OF_THE_APPLICATION),
            Map.entry("ConnectionContextProviderTest", PLAINTEXT),
            Map.entry("ConnectionScopeLoadTest", PLAINTEXT),
            Map.entry("ConnectionScopedEndpointTest", PLAINTEXT),
            Map.entry("ConnectorCertificateTest", INJECTED),
            Map.entry("ContainerTest", NO_CONNECTION),
            Map.entry("ContextWatchTest", NO_CONNECTION),
            Map.entry("CurrentStreamRulesTest", NO_CONNECTION),
            Map.entry("DeploymentLeftoversTest", NO_CONNECTION),
            Map.entry("DirectoryTest", INJECTED),
            Map.entry("EchoTest", OF_THE_APPLICATION),
            Map.entry("EndpointProblemsTest", NO_CONNECTION),
            Map.entry("EndpointScopesTest", PLAINTEXT),
            Map.entry("EndpointShapesTest", PLAINTEXT),
            Map.entry("ErrorpTest", PLAINTEXT),
            Map.entry("HaproxyTest", ANOTHER_JVM),
            Map.entry("InterceptionTest", PLAINTEXT),
            Map.entry("ModuleNameTest", NO_CONNECTION),
            Map.entry("NamedSocketFactoryTest", INJECTED),
            Map.entry("OwnershipTest", PLAINTEXT),
            Map.entry("PostgresTest", INJECTED),
            Map.entry("RequestScopeTest", PLAINTEXT),
            Map.entry("StreamClassRulesTest", NO_CONNECTION),
            Map.entry("SyntheticContextTest", OF_THE_APPLICATION),
            Map.entry("UnknownContextTest", NO_CONNECTION),
            Map.entry("ViewsTest", INJECTED),
            Map.entry("WeldJunitTest", OF_THE_APPLICATION),
            Map.entry("WeldMockBeanTest", OF_THE_APPLICATION));

    private static final String OF_BEANS = "beans supply its keys and trust, and nothing of it is configured";

    /** The contexts that use JSSE in a class whose other contexts use BoringSSL. */
    private static final Map<String, Map<String, String>> CONTEXTS = Map.of(
            "ApplicationContextTest", Map.of("web", "it is the application's own"),
            "MaterialSourceTest", Map.of("default", OF_BEANS, "peer", OF_BEANS, "web", OF_BEANS));

    private WithoutEngines() {}

    /** The contexts of a class that may use JSSE. */
    static Set<String> contexts(String testClass) {
        return CONTEXTS.getOrDefault(testClass, Map.of()).keySet();
    }
}
