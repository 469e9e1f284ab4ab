package io.sluice.internal.cli;

import io.sluice.internal.settings.NearNames;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains a kind of condition. */
@Command(name = "explain", description = "Says what a kind of condition means and what to do, or lists all kinds.")
final class ExplainCommand extends ReportingCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "KIND",
            defaultValue = "",
            description = "A kind, such as CERTIFICATE_EXPIRED. If it is omitted, all kinds are listed.")
    private String kind = "";

    ExplainCommand() {}

    @Override
    Report report() throws CommandFailure {
        List<Condition> all = ConditionPage.conditions();
        if (kind.isBlank()) {
            return new ConditionsReport(all);
        }
        String name = kind.strip().replace('-', '_').toUpperCase(Locale.ROOT);
        return all.stream()
                .filter(condition -> condition.kind().equals(name))
                .findFirst()
                .map(ConditionReport::new)
                .orElseThrow(() -> unknown(name, all));
    }

    private static CommandFailure unknown(String name, List<Condition> all) {
        List<String> known = all.stream().map(Condition::kind).toList();
        return CommandFailure.usage("there is no kind '" + name + "'" + NearNames.suggest(name, known)
                + ". Run 'sluice explain' for a list");
    }
}
