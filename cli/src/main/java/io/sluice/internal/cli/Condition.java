package io.sluice.internal.cli;

import com.google.gson.JsonObject;

/**
 * What a kind of condition means, and what to do.
 *
 * @param kind the name of the kind
 * @param group the section of the page, such as {@code Certificates}
 * @param meaning what has happened
 * @param remedy what to do
 */
record Condition(String kind, String group, String meaning, String remedy) {

    JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("kind", kind);
        json.addProperty("group", group);
        json.addProperty("meaning", meaning);
        json.addProperty("remedy", remedy);
        return json;
    }
}
