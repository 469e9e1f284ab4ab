package io.sluice.internal.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.sluice.internal.cli.SampleDocument;
import io.sluice.internal.cli.document.ServiceDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the page, whatever the document is. */
class ServicePageTest {

    private static final String HOSTILE =
            "\"'><script>alert(1)</script><img src=//x.test/y onerror=alert(2)>\u202e\u0000&#60;b>";

    private static String page(JsonElement document) {
        return new ServicePage(ServiceDocument.parse(document.toString())).html();
    }

    /** A copy in which each text, or each of all values, is another one. */
    private static JsonElement changed(JsonElement element, UnaryOperator<JsonElement> change) {
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            object.entrySet().forEach(member -> copy.add(member.getKey(), changed(member.getValue(), change)));
            return copy;
        }
        if (element instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(one -> copy.add(changed(one, change)));
            return copy;
        }
        return change.apply(element);
    }

    /** Names of members come from peers, too: conditions, limits, generations. */
    private static JsonObject hostile() {
        JsonObject hostile = changed(
                        SampleDocument.json(),
                        value -> value.getAsJsonPrimitive().isString()
                                        && !value.getAsString().matches("20..-..-..T.*Z")
                                ? new JsonPrimitive(value.getAsString() + HOSTILE)
                                : value)
                .getAsJsonObject();
        for (JsonElement server : hostile.getAsJsonArray("servers")) {
            JsonObject counts = server.getAsJsonObject().getAsJsonObject("counts");
            counts.getAsJsonObject("refused").addProperty(HOSTILE, 1);
            counts.getAsJsonObject("failed").addProperty(HOSTILE, 1);
        }
        for (JsonElement context : hostile.getAsJsonArray("contexts")) {
            JsonObject connections = new JsonObject();
            connections.addProperty(HOSTILE, 1);
            context.getAsJsonObject().add("connections", connections);
        }
        return hostile;
    }

    @Test
    void everythingThatTheDocumentHasIsOnThePage() {
        String page = page(SampleDocument.json());
        List<String> texts = new ArrayList<>();
        changed(SampleDocument.json(), value -> {
            if (value.getAsJsonPrimitive().isString()) {
                texts.add(value.getAsString());
            }
            return value;
        });

        assertThat(texts)
                .filteredOn(text -> !text.matches("20..-..-..T.*Z"))
                .allSatisfy(text -> assertThat(page).contains(text.replace("'", "&#39;")));
        assertThat(page).contains("48,213").contains("12 days left").contains("expired 29 days ago");
    }

    @Test
    void nothingOfTheDocumentBecomesMarkup() {
        String harmless = page(SampleDocument.json());
        String page = page(hostile());

        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("\u202e")
                .doesNotContain("\u0000")
                .contains("&lt;script&gt;alert(1)")
                .contains("\\u202e\\u0000&amp;#60;b&gt;");
        assertThat(names(page)).isSubsetOf(names(harmless));
    }

    /** The names of all elements and of their attributes. */
    private static List<String> names(String page) {
        return Pattern.compile("<[^<>]*>")
                .matcher(page)
                .results()
                .map(MatchResult::group)
                .map(tag -> tag.replaceAll("\"[^\"]*\"", "\"\""))
                .distinct()
                .toList();
    }

    @Test
    void nothingIsLoadedAndNothingRuns() {
        String page = page(SampleDocument.json());

        assertThat(page)
                .contains("default-src 'none'")
                .contains(PageStyle.load().policy());
        assertThat(names(page))
                .noneMatch(tag -> tag.matches("(?i)<(script|link|img|iframe|object|embed|form|base|input).*"));
        assertThat(names(page)).noneMatch(tag -> tag.matches("(?i).*\\s(style|src|srcset|on\\w+)=.*"));
        assertThat(PageStyle.load().css()).doesNotContain("url(").doesNotContain("@import");
    }

    @Test
    void eachMemberMayBeAbsentOrHaveAnotherType() {
        List<List<String>> paths = new ArrayList<>();
        collect(SampleDocument.json(), List.of(), paths);

        assertThat(paths).hasSizeGreaterThan(300);
        JsonElement[] others = {new JsonPrimitive(-1), new JsonPrimitive("x"), new JsonArray(), new JsonObject()};
        for (int i = 0; i < paths.size(); i++) {
            for (JsonElement other : new JsonElement[] {JsonNull.INSTANCE, others[i % others.length]}) {
                assertThat(page(replaced(paths.get(i), other)))
                        .as("%s: %s", paths.get(i), other)
                        .endsWith("</html>\n");
            }
        }
    }

    private static void collect(JsonElement element, List<String> path, List<List<String>> paths) {
        if (element instanceof JsonObject object) {
            object.entrySet().forEach(member -> collect(member.getValue(), with(path, member.getKey()), paths));
        } else if (element instanceof JsonArray array) {
            for (int i = 0; i < array.size(); i++) {
                collect(array.get(i), with(path, Integer.toString(i)), paths);
            }
        }
        if (!path.isEmpty()) {
            paths.add(path);
        }
    }

    private static List<String> with(List<String> path, String name) {
        List<String> longer = new ArrayList<>(path);
        longer.add(name);
        return List.copyOf(longer);
    }

    private static JsonObject replaced(List<String> path, JsonElement other) {
        JsonObject document = SampleDocument.json();
        JsonElement parent = document;
        for (String name : path.subList(0, path.size() - 1)) {
            parent = parent instanceof JsonArray array
                    ? array.get(Integer.parseInt(name))
                    : parent.getAsJsonObject().get(name);
        }
        String last = path.get(path.size() - 1);
        if (parent instanceof JsonArray array) {
            array.set(Integer.parseInt(last), other);
        } else {
            parent.getAsJsonObject().add(last, other);
        }
        return document;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"contexts\":[{}],\"servers\":[{}],\"journal\":[{}],\"policies\":[{}]}",
                "{\"time\":\"+999999999-01-01T00:00:00Z\"}"
            })
    void anEmptyDocumentIsAPageThatSaysSo(String document) {
        assertThat(page(JsonParser.parseString(document))).contains("<h1>an application without a name</h1>");
    }

    /** 1e999999999 as a whole number would have a billion digits. */
    @Test
    void hugeNumbersAreHarmless() {
        assertThat(
                        page(
                                JsonParser.parseString(
                                        "{\"contexts\":[{\"generation\":1e999999999}],\"servers\":[{\"maxConnections\":-1e99,\"counts\":{\"active\":9e18}}]}")))
                .contains("9,223,372,036,854,775,807");
    }
}
