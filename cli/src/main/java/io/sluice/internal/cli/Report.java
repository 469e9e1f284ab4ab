package io.sluice.internal.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.function.Function;

/** The answer of a command. It contains no secret. */
interface Report {

    /** {@return the exit code of the command} */
    int exitCode();

    /** {@return a JSON array of some items} */
    static <T> JsonArray array(Collection<T> items, Function<? super T, ? extends JsonElement> json) {
        JsonArray array = new JsonArray();
        items.forEach(item -> array.add(json.apply(item)));
        return array;
    }

    /** {@return the answer for programs} */
    JsonObject json();

    /** {@return whether there is an answer for programs only} */
    default boolean isForPrograms() {
        return false;
    }

    /**
     * Writes the answer for people.
     *
     * @param text receives it
     */
    void print(Text text);
}
