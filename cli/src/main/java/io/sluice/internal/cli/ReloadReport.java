package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import io.sluice.internal.cli.document.ContextEntry;
import java.util.Optional;

/**
 * Whether a context was loaded again.
 *
 * @param context its name
 * @param loaded the context after the load, if the service describes it
 * @param problem why it was not loaded; empty if it was
 */
record ReloadReport(String context, Optional<ContextEntry> loaded, String problem) implements Report {

    @Override
    public int exitCode() {
        return problem.isEmpty() ? ExitCode.YES : ExitCode.NO;
    }

    @Override
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("ok", problem.isEmpty());
        json.addProperty("context", context);
        loaded.ifPresent(known -> json.add("description", known.facts().object()));
        if (!problem.isEmpty()) {
            json.addProperty("problem", problem);
        }
        return json;
    }

    @Override
    public void print(Text text) {
        if (problem.isEmpty()) {
            StringBuilder generation = new StringBuilder();
            loaded.ifPresent(known -> known.generation()
                    .ifPresent(count -> generation.append(", generation ").append(count)));
            text.good("loaded:", " context '" + context + "'" + generation);
        } else {
            text.bad("not loaded:", " context '" + context + "', which keeps what it had")
                    .line(problem);
        }
    }
}
