package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which certificates expire within a time.
 *
 * @param within the time
 * @param now when it begins
 * @param contexts the contexts that were asked about
 * @param expiring the certificates, the first to expire first
 * @param findings why some contexts could not be loaded
 */
record ExpiryReport(
        Duration within, Instant now, Set<String> contexts, List<ExpiringCertificate> expiring, List<Finding> findings)
        implements Report {

    /** A context that cannot be loaded makes the answer incomplete, so it must not be a yes. */
    @Override
    public int exitCode() {
        if (!expiring.isEmpty()) {
            return ExitCode.NO;
        }
        return findings.isEmpty() ? ExitCode.YES : ExitCode.UNANSWERED;
    }

    @Override
    public JsonObject json() {
        JsonObject json = new JsonObject();
        json.addProperty("ok", exitCode() == ExitCode.YES);
        json.addProperty("until", now.plus(within).toString());
        json.add("contexts", Report.array(contexts, JsonPrimitive::new));
        json.add("certificates", Report.array(expiring, certificate -> certificate.json(now)));
        json.add("findings", Report.array(findings, Finding::json));
        return json;
    }

    @Override
    public void print(Text text) {
        findings.forEach(finding -> finding.print(text));
        expiring.forEach(certificate -> certificate.print(text, now));
        String until = now.plus(within).toString();
        String asked = Text.counted(contexts.size(), "context");
        switch (exitCode()) {
            case ExitCode.YES -> text.good("ok:", " no certificate of " + asked + " expires until " + until);
            case ExitCode.NO ->
                text.bad(
                        "renew:",
                        " " + Text.counted(expiring.size(), "certificate") + " of " + asked + " until " + until);
            default -> text.bad("no answer:", " correct the errors, and ask again");
        }
    }
}
