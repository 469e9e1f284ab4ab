package io.sluice.internal.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The metadata of all properties, in the format of Spring Boot's configuration metadata, which several IDEs read from a jar. The build
 * writes it. A name that the application chooses, of a context, an endpoint or a PEM pair, is {@code *}.
 */
final class ConfigurationMetadata {

    /** The file in the jar. */
    static final String FILE = "META-INF/spring-configuration-metadata.json";

    private static final String ANY_NAME = "*";

    private ConfigurationMetadata() {}

    /**
     * Writes the file.
     *
     * @param arguments the directory that becomes the jar
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]).resolve(FILE);
        Files.createDirectories(file.getParent());
        Files.writeString(file, json());
    }

    /** The content of the file. */
    static String json() {
        List<Map<String, Object>> properties = new ArrayList<>();
        List<Map<String, Object>> hints = new ArrayList<>();
        add(ContextKeys.ALL, "", properties, hints);
        add(JournalKeys.TABLE, "", properties, hints);
        add(ManagementKeys.TABLE, "", properties, hints);
        properties.add(names(ContextKeys.KEYS, "The configured TLS contexts, by their names"));
        ContextKeys.TABLES.forEach(table -> add(table, ContextKeys.KEYS.prefix() + ANY_NAME + ".", properties, hints));
        properties.add(names(EndpointKeys.KEYS, "The settings of endpoints, by the names of the endpoints"));
        add(EndpointKeys.TABLE, EndpointKeys.KEYS.prefix() + ANY_NAME + ".", properties, hints);
        properties.add(names(ClientKeys.KEYS, "The settings of clients, by the names of the clients"));
        add(ClientKeys.TABLE, ClientKeys.KEYS.prefix() + ANY_NAME + ".", properties, hints);
        add(HealthKeys.TABLE, "", properties, hints);
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("properties", properties);
        metadata.put("hints", hints);
        return json(metadata, "\n") + "\n";
    }

    /** A property for what stands below a prefix, so that an IDE accepts every name there. */
    private static Map<String, Object> names(PropertyKeys keys, String description) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", keys.prefix().substring(0, keys.prefix().length() - 1));
        property.put("type", "java.util.Map<java.lang.String,java.lang.String>");
        property.put("description", description + ". Write " + keys.prefix() + "<name>.<key>.");
        return property;
    }

    private static void add(
            KeyTable table, String prefix, List<Map<String, Object>> properties, List<Map<String, Object>> hints) {
        table.keys().forEach(key -> {
            String name = prefix + key.name().replace(Key.PAIR, ANY_NAME);
            properties.add(property(name, key));
            if (!key.allowed().words().isEmpty()) {
                hints.add(hint(name, key));
            }
        });
    }

    private static Map<String, Object> property(String name, Key key) {
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", name);
        property.put("type", key.type().javaType());
        property.put("description", description(key));
        key.unset().value().ifPresent(value -> property.put("defaultValue", typed(value, key.type())));
        return property;
    }

    private static Map<String, Object> hint(String name, Key key) {
        Map<String, Object> hint = new LinkedHashMap<>();
        hint.put("name", name);
        hint.put(
                "values",
                key.allowed().words().stream()
                        .map(word -> Map.of("value", word))
                        .toList());
        return hint;
    }

    private static String description(Key key) {
        String meaning = plain(key.meaning());
        // A word that is a value stays as it is written.
        String first = key.meaning().startsWith("`")
                ? meaning.substring(0, 1)
                : meaning.substring(0, 1).toUpperCase(Locale.ROOT);
        return first
                + meaning.substring(1)
                + "."
                + key.unset()
                        .words()
                        .map(words -> " Default: " + plain(words) + ".")
                        .orElse("")
                + (key.type() == ValueType.SECRET ? " The value is secret." : "");
    }

    /** Markdown without its marks. */
    static String plain(String markdown) {
        return markdown.replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1").replace("`", "");
    }

    private static Object typed(String value, ValueType type) {
        return switch (type) {
            case TRUTH -> Boolean.valueOf(value);
            case NUMBER -> Integer.valueOf(value);
            case LIST, MATERIALS -> List.of(value.split(",", -1));
            default -> value;
        };
    }

    private static String json(Object value, String lineEnd) {
        String inner = lineEnd + "  ";
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> quoted(String.valueOf(entry.getKey())) + ": " + json(entry.getValue(), inner))
                    .collect(Collectors.joining("," + inner, "{" + inner, lineEnd + "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> json(element, inner))
                    .collect(Collectors.joining("," + inner, "[" + inner, lineEnd + "]"));
        }
        return value instanceof String text ? quoted(text) : String.valueOf(value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                quoted.append('\\').append(character);
            } else if (character < ' ' || character > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                quoted.append(character);
            }
        }
        return quoted.append('"').toString();
    }
}
