package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.server.SocketEndpoint;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the declarations of the keys with what the readers ask a Config for, and with the values that they refuse. */
class DeclaredKeysTest {

    private static final String CONTEXT = "sluice.ssl.web.";
    private static final String ENDPOINT = "sluice.endpoint.web.";
    private static final String CLIENT = "sluice.client.web.";

    /** A value of no type except text. */
    private static final String NONSENSE = "?!";

    @SocketEndpoint(value = "web", port = 0)
    static void serve() {}

    /** One of the properties, and its declaration. */
    record Declared(String property, Key key) {
        @Override
        public String toString() {
            return property;
        }

        boolean isOf(ValueType... types) {
            return List.of(types).contains(key.type());
        }
    }

    static Stream<Declared> declared() {
        return Stream.concat(
                ContextKeys.TABLES.stream()
                        .flatMap(KeyTable::keys)
                        .map(key -> new Declared(CONTEXT + key.name().replace(Key.PAIR, "0"), key)),
                Stream.concat(
                        EndpointKeys.TABLE.keys().map(key -> new Declared(ENDPOINT + key.name(), key)),
                        Stream.concat(
                                ClientKeys.TABLE.keys().map(key -> new Declared(CLIENT + key.name(), key)),
                                Stream.of(JournalKeys.TABLE, ManagementKeys.TABLE)
                                        .flatMap(KeyTable::keys)
                                        .map(key -> new Declared(key.name(), key)))));
    }

    static Stream<Declared> checked() {
        return declared()
                .filter(key -> key.isOf(
                        ValueType.TRUTH,
                        ValueType.NUMBER,
                        ValueType.DURATION,
                        ValueType.LIMIT,
                        ValueType.PERIOD,
                        ValueType.CHOICE));
    }

    static Stream<Declared> choices() {
        return declared().filter(key -> key.isOf(ValueType.CHOICE));
    }

    private static SocketEndpoint endpoint() throws NoSuchMethodException {
        return DeclaredKeysTest.class.getDeclaredMethod("serve").getAnnotation(SocketEndpoint.class);
    }

    private static List<Problem> problems(Config config) throws NoSuchMethodException {
        Problems problems = new Problems();
        SluiceConfiguration configuration = SluiceConfiguration.of(config);
        configuration.reportUnknownKeys(problems);
        configuration.reportUnknownEndpointKeys(Set.of("web"), problems);
        configuration.read(new ContextName("web"), problems);
        configuration.journal(problems);
        configuration.management(problems);
        configuration.endpoint(endpoint(), problems);
        configuration.reportUnknownClientKeys(Set.of("web"), problems);
        configuration.client("web", problems);
        return problems.errors();
    }

    private static List<Problem> problemsWith(String property, String value) throws NoSuchMethodException {
        return problems(TestConfig.of(property, value)).stream()
                .filter(problem -> problem.property().equals(property))
                .toList();
    }

    @Test
    void theReadersAskForExactlyTheDeclaredKeys() throws Exception {
        Set<String> asked = new TreeSet<>();
        problems(recording(Map.of(), asked));
        // Only a pair that exists has a password.
        String pair = "key-store.pem.0.";
        for (String group : List.of(CONTEXT, CONTEXT + "client-")) {
            problems(recording(Map.of(group + pair + "cert", "chain.pem", group + pair + "key", "key.pem"), asked));
        }

        Set<String> keys = asked.stream()
                .map(property -> property.replaceFirst("(\\[\\d+]|\\.\\d+)$", ""))
                .map(property -> property.replaceFirst("(key-store\\.pem)(\\.\\d+|\\[\\d+])\\.", "$1.0."))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = Stream.concat(
                        declared().map(Declared::property),
                        ContextKeys.ALL.keys().map(Key::name))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(keys).isEqualTo(declared);
    }

    private static Config recording(Map<String, String> properties, Set<String> asked) {
        Config config = TestConfig.of(properties);
        return (Config) Proxy.newProxyInstance(
                DeclaredKeysTest.class.getClassLoader(), new Class<?>[] {Config.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConfigValue")) {
                        asked.add((String) arguments[0]);
                    }
                    try {
                        return method.invoke(config, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void everyKeyIsDeclaredOnce() {
        assertThat(declared().map(Declared::property)).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("checked")
    void aValueOfAnotherTypeIsRefused(Declared declared) throws Exception {
        Key.Allowed allowed = declared.key().allowed();
        String expected = switch (declared.key().type()) {
            case TRUTH -> " is neither true nor false";
            case NUMBER -> " is not a whole number from " + allowed.least() + " to " + allowed.most();
            case DURATION -> " is not a duration longer than zero";
            case LIMIT -> " is not a duration";
            case PERIOD -> " is not a duration from 10ms to 10000d";
            default -> " is not valid";
        };

        assertThat(problemsWith(declared.property(), NONSENSE))
                .anyMatch(problem -> problem.fault().equals("'" + NONSENSE + "'" + expected));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void exactlyTheDeclaredWordsAreAllowed(Declared declared) throws Exception {
        List<String> words = declared.key().allowed().words();

        assertThat(problemsWith(declared.property(), NONSENSE))
                .anyMatch(problem -> problem.remedy().equals("Use one of " + String.join(", ", words)));
        for (String word : words) {
            assertThat(problemsWith(declared.property(), word))
                    .as(word)
                    .noneMatch(problem -> problem.fault().contains("is not valid"));
        }
    }

    @ParameterizedTest
    @MethodSource("declared")
    void exactlyTheDeclaredSecretsAreMaskedAndMaterialIsWatched(Declared declared) {
        assertThat(PropertyReader.isPassword(declared.property())).isEqualTo(declared.isOf(ValueType.SECRET));
        assertThat(ContextKeys.isMaterial(declared.property()))
                .isEqualTo(declared.key().type().isMaterial());
    }

    @ParameterizedTest
    @MethodSource("declared")
    void theKeysOfARowHaveTheSameDeclarationExceptTheName(Declared declared) {
        KeyRow row = Stream.concat(
                        ContextKeys.TABLES.stream(),
                        Stream.of(EndpointKeys.TABLE, ClientKeys.TABLE, JournalKeys.TABLE, ManagementKeys.TABLE))
                .flatMap(table -> table.rows().stream())
                .filter(candidate -> candidate.keys().contains(declared.key()))
                .findFirst()
                .orElseThrow();

        if (row.keys().contains(row.described())) {
            Key key = row.described();
            assertThat(new Key(declared.key().name(), key.type(), key.allowed(), key.unset(), key.meaning()))
                    .isEqualTo(declared.key());
        } else {
            // A row about a whole group says so instead.
            assertThat(declared.key().name()).startsWith(row.described().name() + ".");
        }
    }
}
