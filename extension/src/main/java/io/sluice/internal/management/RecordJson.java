package io.sluice.internal.management;

import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes records as JSON (RFC 8259), one member for each component that has a value. There is no parser, and so no library: the core has no
 * dependency.
 */
final class RecordJson {

    private final StringBuilder text = new StringBuilder();

    private RecordJson() {}

    /**
     * Writes a record.
     *
     * @param document a record of records, collections, maps, numbers, booleans, and values whose string is written
     * @return one line
     */
    static String of(Record document) {
        RecordJson json = new RecordJson();
        json.value(document);
        return json.text.toString();
    }

    private void value(Object value) {
        if (value instanceof Record object) {
            object(object);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> collection) {
            array(collection);
        } else if (value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            string(value.toString());
        }
    }

    private void object(Record object) {
        text.append('{');
        int start = text.length();
        for (RecordComponent component : object.getClass().getRecordComponents()) {
            Object value = valueOf(object, component);
            if (value != null) {
                member(start, memberName(component.getName()), value);
            }
        }
        text.append('}');
    }

    private static @Nullable Object valueOf(Record object, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(object);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the accessor of a record's component is public", e);
        }
    }

    /** The name of an accessor without its prefix. */
    private static String memberName(String accessor) {
        String name = accessor.replaceFirst("^(get|is)(?=[A-Z])", "");
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    private void map(Map<?, ?> map) {
        text.append('{');
        int start = text.length();
        map.forEach((key, value) -> member(start, String.valueOf(key), value));
        text.append('}');
    }

    private void member(int start, String name, Object value) {
        separate(start);
        string(name);
        text.append(':');
        value(value);
    }

    private void array(Collection<?> values) {
        text.append('[');
        int start = text.length();
        for (Object value : values) {
            separate(start);
            value(value);
        }
        text.append(']');
    }

    private void separate(int start) {
        if (text.length() > start) {
            text.append(',');
        }
    }

    /** Escapes more than JSON requires, so that the text can stand in a script or a log line too. */
    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c >= 0x7f || c == '<') {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
