package io.sluice.internal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks a configuration. */
@Command(
        name = "check",
        description = "Reads the configuration as the application does, and reports all its problems at once.")
final class CheckCommand extends ReportingCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Properties files. Later ones override earlier ones; the environment overrides all.")
    private List<Path> files = new ArrayList<>();

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--strict", description = "Exit with 1 for warnings, too.")
    private boolean strict;

    CheckCommand() {}

    @Override
    Report report() throws CommandFailure {
        ConfiguredApplication application = configuration.application(files);
        List<Finding> findings = ConfigurationCheck.of(application);
        return new CheckReport(
                application.contextNames(), application.endpoints().keySet(), findings, strict);
    }
}
