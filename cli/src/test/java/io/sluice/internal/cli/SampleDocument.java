package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The document of an imagined service that has something of everything. */
public final class SampleDocument {

    private SampleDocument() {}

    /** {@return the document} */
    public static String text() {
        try (InputStream in = Objects.requireNonNull(SampleDocument.class.getResourceAsStream("shop.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the document as JSON} */
    public static JsonObject json() {
        return JsonParser.parseString(text()).getAsJsonObject();
    }
}
