package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * All conditions.
 *
 * @param conditions the conditions, in the order of the page
 */
record ConditionsReport(List<Condition> conditions) implements Report {

    private static final int WIDTH = 28;

    @Override
    public int exitCode() {
        return ExitCode.YES;
    }

    @Override
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.add("conditions", Report.array(conditions, Condition::json));
        return json;
    }

    @Override
    public void print(Text text) {
        String group = "";
        for (Condition condition : conditions) {
            if (!condition.group().equals(group)) {
                group = condition.group();
                text.good(group, "");
            }
            String kind = condition.kind();
            text.line("  " + kind + " ".repeat(Math.max(1, WIDTH - kind.length())) + condition.meaning());
        }
    }
}
