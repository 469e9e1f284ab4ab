package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Set;

/**
 * The problems of a configuration.
 *
 * @param contexts the contexts that were checked
 * @param endpoints the endpoints that were checked
 * @param findings the problems
 * @param isStrict whether warnings count
 */
record CheckReport(Set<String> contexts, Set<String> endpoints, List<Finding> findings, boolean isStrict)
        implements Report {

    @Override
    public int exitCode() {
        return errors() > 0 || isStrict && warnings() > 0 ? ExitCode.NO : ExitCode.YES;
    }

    private long errors() {
        return findings.stream().filter(Finding::isError).count();
    }

    private long warnings() {
        return findings.size() - errors();
    }

    @Override
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("ok", exitCode() == ExitCode.YES);
        json.addProperty("errors", errors());
        json.addProperty("warnings", warnings());
        json.add("contexts", Report.array(contexts, JsonPrimitive::new));
        json.add("endpoints", Report.array(endpoints, JsonPrimitive::new));
        json.add("findings", Report.array(findings, Finding::json));
        return json;
    }

    @Override
    public void print(Text text) {
        findings.forEach(finding -> finding.print(text));
        String checked = listed(contexts, "context") + ", " + listed(endpoints, "endpoint");
        if (errors() > 0) {
            text.bad(
                    "failed:",
                    " " + Text.counted(errors(), "error") + ", " + Text.counted(warnings(), "warning") + " in "
                            + checked);
        } else if (warnings() > 0) {
            String label = isStrict ? "failed:" : "usable:";
            text.doubtful(label, " " + Text.counted(warnings(), "warning") + " in " + checked);
        } else {
            text.good("ok:", " " + checked);
        }
    }

    private static String listed(Set<String> names, String noun) {
        return Text.counted(names.size(), noun) + (names.isEmpty() ? "" : " (" + String.join(", ", names) + ")");
    }
}
