package io.sluice.internal.cli;

import com.google.gson.JsonObject;
import io.sluice.internal.cli.document.PolicyEntry;
import io.sluice.internal.cli.document.ServiceDocument;

/**
 * What a running service says about itself.
 *
 * @param document what it says
 */
record DescribeReport(ServiceDocument document) implements Report {

    /** The service has answered, whatever the answer is. */
    @Override
    public int exitCode() {
        return ExitCode.YES;
    }

    /** The document itself, so that it can be saved. */
    @Override
    public JsonObject json() {
        return document.facts().object();
    }

    @Override
    public void print(Text text) {
        text.line(document.application() + ", " + document.time()
                + document.version().map(version -> ", Sluice " + version).orElse(""));
        if (!document.contexts().isEmpty()) {
            text.heading("contexts");
            document.contexts().forEach(context -> new ContextSection(context, document.time()).print(text));
        }
        if (!document.servers().isEmpty()) {
            text.heading("endpoints");
            document.servers().forEach(server -> new ServerSection(server).print(text));
        }
        if (!document.journal().isEmpty()) {
            text.heading("journal");
            document.journal().forEach(entry -> new JournalSection(entry).print(text));
        }
        if (!document.policies().isEmpty()) {
            text.heading("policies");
            document.policies().forEach(policy -> print(policy, text));
        }
    }

    private static void print(PolicyEntry policy, Text text) {
        String about = " context '" + policy.context() + "': " + policy.violations() + " of "
                + Text.counted(policy.checked(), "handshake") + " would fail"
                + (policy.unchecked() > 0 ? ", " + policy.unchecked() + " were not checked" : "");
        if (policy.violations() == 0) {
            text.good(policy.policy() + ":", about);
        } else {
            text.doubtful(policy.policy() + ":", about);
        }
        policy.peers()
                .forEach(peer -> text.line("  " + peer.peer() + ": " + peer.count()
                        + peer.last().map(last -> ", last " + last).orElse("")
                        + peer.reason().map(reason -> ", " + reason).orElse("")));
    }
}
