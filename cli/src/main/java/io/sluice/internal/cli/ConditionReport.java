package io.sluice.internal.cli;

import com.google.gson.JsonObject;

/**
 * One condition.
 *
 * @param condition the condition
 */
record ConditionReport(Condition condition) implements Report {

    @Override
    public int exitCode() {
        return ExitCode.YES;
    }

    @Override
    public JsonObject json() {
        return condition.json();
    }

    @Override
    public void print(Text text) {
        text.good(condition.kind(), " (" + condition.group() + ")")
                .line(condition.meaning())
                .line("What to do: " + condition.remedy());
    }
}
