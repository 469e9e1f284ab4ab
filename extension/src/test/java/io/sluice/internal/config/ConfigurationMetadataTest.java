package io.sluice.internal.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Reads the metadata for IDEs as it is in the jar. */
class ConfigurationMetadataTest {

    private static final Set<String> PARTS = Set.of("name", "type", "description", "defaultValue");

    private static String file() throws Exception {
        try (InputStream in = SluiceConfiguration.class.getResourceAsStream("/" + ConfigurationMetadata.FILE)) {
            assertThat(in)
                    .as("the build has written %s", ConfigurationMetadata.FILE)
                    .isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The elements of a list of the file, by their names. JSON is YAML. */
    private static Map<String, Map<String, Object>> elements(String list) throws Exception {
        Map<String, List<Map<String, Object>>> metadata = new Yaml().load(file());
        return metadata.get(list).stream()
                .collect(Collectors.toMap(element -> (String) element.get("name"), element -> element));
    }

    private static Map<String, Key> declared() {
        Map<String, Key> declared = new HashMap<>();
        ContextKeys.ALL.keys().forEach(key -> declared.put(key.name(), key));
        JournalKeys.TABLE.keys().forEach(key -> declared.put(key.name(), key));
        ManagementKeys.TABLE.keys().forEach(key -> declared.put(key.name(), key));
        ContextKeys.TABLES.stream()
                .flatMap(KeyTable::keys)
                .forEach(key -> declared.put("sluice.ssl.*." + key.name().replace(Key.PAIR, "*"), key));
        EndpointKeys.TABLE.keys().forEach(key -> declared.put("sluice.endpoint.*." + key.name(), key));
        ClientKeys.TABLE.keys().forEach(key -> declared.put("sluice.client.*." + key.name(), key));
        HealthKeys.TABLE.keys().forEach(key -> declared.put(key.name(), key));
        return declared;
    }

    @Test
    void theFileIsOfTheseDeclarations() throws Exception {
        assertThat(file()).isEqualTo(ConfigurationMetadata.json());
    }

    @Test
    void itHasEveryKeyAndNoOther() throws Exception {
        Set<String> expected = new TreeSet<>(declared().keySet());
        expected.addAll(Set.of("sluice.ssl", "sluice.endpoint", "sluice.client"));

        assertThat(new TreeSet<>(elements("properties").keySet())).isEqualTo(expected);
    }

    @Test
    void itDescribesEveryKey() throws Exception {
        Map<String, Map<String, Object>> properties = elements("properties");
        declared().forEach((name, key) -> {
            Map<String, Object> property = properties.get(name);
            assertThat(property.keySet()).as(name).isSubsetOf(PARTS);
            assertThat(property.get("type")).as(name).isEqualTo(key.type().javaType());
            assertThat((String) property.get("description"))
                    .as(name)
                    .containsIgnoringCase(ConfigurationMetadata.plain(key.meaning()))
                    .doesNotContain("`", "](", "\n")
                    .endsWith(".");
            assertThat(((String) property.get("description")).endsWith("The value is secret."))
                    .as(name)
                    .isEqualTo(PropertyReader.isPassword(name));
            assertThat(text(property.get("defaultValue")))
                    .as(name)
                    .isEqualTo(key.unset().value().orElse(null));
        });
    }

    private static String text(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(String::valueOf).collect(Collectors.joining(","));
        }
        return value == null ? null : value.toString();
    }

    @Test
    void itProposesTheWordsOfEachChoice() throws Exception {
        Map<String, List<String>> expected = declared().entrySet().stream()
                .filter(entry -> entry.getValue().type() == ValueType.CHOICE)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().allowed().words()));

        assertThat(elements("hints").entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> words(entry.getValue()))))
                .isEqualTo(expected);
    }

    private static List<String> words(Map<String, Object> hint) {
        return ((List<?>) hint.get("values"))
                .stream()
                        .map(value -> (String) ((Map<?, ?>) value).get("value"))
                        .toList();
    }

    @Test
    void itHasNoNameTwice() throws Exception {
        Map<String, List<Map<String, Object>>> metadata = new Yaml().load(file());
        Stream.of("properties", "hints")
                .forEach(list -> assertThat(metadata.get(list).stream().map(element -> element.get("name")))
                        .doesNotHaveDuplicates());
    }
}
