package io.sluice.internal.cli.document;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The members of a JSON object. Each may be absent, and what has another type than expected is as good as absent: versions differ.
 *
 * @param object the object
 */
public record JsonFacts(JsonObject object) {

    /**
     * A text.
     *
     * @param name the name of the member
     * @return the text; empty if it is absent or blank
     */
    public Optional<String> text(String name) {
        return primitive(name)
                .filter(JsonPrimitive::isString)
                .map(JsonPrimitive::getAsString)
                .filter(text -> !text.isBlank());
    }

    /**
     * A whole number.
     *
     * @param name the name of the member
     * @return the number
     */
    public OptionalLong number(String name) {
        return primitive(name).map(JsonFacts::number).orElse(OptionalLong.empty());
    }

    /** Not with BigDecimal, whose conversion of 1e999999999 does not end. */
    private static OptionalLong number(JsonPrimitive value) {
        try {
            return value.isNumber() ? OptionalLong.of((long) value.getAsDouble()) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /**
     * A truth value.
     *
     * @param name the name of the member
     * @return whether it is there and true
     */
    public boolean isTrue(String name) {
        return primitive(name).filter(JsonPrimitive::isBoolean).isPresent()
                && object.get(name).getAsBoolean();
    }

    /**
     * A time.
     *
     * @param name the name of the member
     * @return the time
     */
    public Optional<Instant> time(String name) {
        try {
            return text(name).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * A list of texts.
     *
     * @param name the name of the member
     * @return its texts
     */
    public List<String> texts(String name) {
        return elements(name)
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .toList();
    }

    /**
     * An object.
     *
     * @param name the name of the member
     * @param view makes of it what it stands for
     * @return the object
     */
    public <T> Optional<T> object(String name, Function<? super JsonFacts, ? extends T> view) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonObject)
                .map(element -> view.apply(new JsonFacts(element.getAsJsonObject())));
    }

    /**
     * A list of objects.
     *
     * @param name the name of the member
     * @param view makes of each what it stands for
     * @return its objects
     */
    public <T> List<T> objects(String name, Function<? super JsonFacts, ? extends T> view) {
        return elements(name)
                .filter(JsonElement::isJsonObject)
                .<T>map(element -> view.apply(new JsonFacts(element.getAsJsonObject())))
                .toList();
    }

    /**
     * An object whose members are numbers.
     *
     * @param name the name of the member
     * @return the numbers, in the order of the document; unmodifiable
     */
    public Map<String, Long> counts(String name) {
        Map<String, Long> counts = new LinkedHashMap<>();
        object(name, Function.identity())
                .ifPresent(members -> members.object()
                        .keySet()
                        .forEach(key -> members.number(key).ifPresent(count -> counts.put(key, count))));
        return Collections.unmodifiableMap(counts);
    }

    private Optional<JsonPrimitive> primitive(String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsJsonPrimitive);
    }

    private Stream<JsonElement> elements(String name) {
        JsonElement element = object.get(name);
        return element instanceof JsonArray array ? StreamSupport.stream(array.spliterator(), false) : Stream.empty();
    }
}
