package io.sluice.internal.cli;

import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command {@code sluice}, with its subcommands. */
@Command(
        name = "sluice",
        mixinStandardHelpOptions = true,
        versionProvider = CliVersion.class,
        description =
                "Answers questions about the TLS of an application: from its configuration, or from the running service.",
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:yes: no errors, connected, nothing expires, done, described",
            "1:no: errors were found, the connection would fail, certificates expire, not reloaded",
            "2:the command line is wrong, or something that it names does not exist",
            "3:no answer: the configuration cannot be used, the service cannot be asked, or a file cannot be written",
            "4:a defect of this program"
        },
        subcommands = {
            CheckCommand.class,
            ProbeCommand.class,
            ExpireCommand.class,
            ExplainCommand.class,
            DevCertCommand.class,
            DescribeCommand.class,
            ReloadCommand.class,
            ExportCommand.class
        })
public final class SluiceCli {

    /** Reports say everything, so no logger writes among them. Kept, because the JDK may forget a logger. */
    private static final Logger ROOT = Logger.getLogger("");

    SluiceCli() {}

    /**
     * Runs a command and ends the JVM with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String... arguments) {
        LogManager.getLogManager().reset();
        ROOT.setLevel(Level.OFF);
        System.exit(new CommandLine(new SluiceCli())
                .setExecutionExceptionHandler(SluiceCli::failed)
                .execute(arguments));
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof CommandFailure known) {
            command.getErr().println("sluice: " + known.getMessage());
            return known.exitCode();
        }
        // The messages of unknown exceptions may contain anything, even a secret.
        command.getErr().println("sluice: a defect of this program. Please report it with these lines:");
        for (Throwable t = failure; t != null; t = t.getCause()) {
            command.getErr().println(t.getClass().getName());
            for (StackTraceElement frame : t.getStackTrace()) {
                command.getErr().println("\tat " + frame);
            }
        }
        return ExitCode.DEFECT;
    }
}
