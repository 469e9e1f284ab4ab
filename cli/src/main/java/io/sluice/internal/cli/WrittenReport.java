package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;

/**
 * A file was written.
 *
 * @param kind what it is
 * @param file its path
 */
record WrittenReport(String kind, Path file) implements Report {

    @Override
    public int exitCode() {
        return ExitCode.YES;
    }

    @Override
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("ok", true);
        json.addProperty("kind", kind);
        json.addProperty("file", file.toString());
        return json;
    }

    @Override
    public void print(Text text) {
        text.good(kind + ":", " " + file);
    }
}
