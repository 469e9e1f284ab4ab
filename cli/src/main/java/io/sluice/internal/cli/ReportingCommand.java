package io.sluice.internal.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** A command that answers with a report: as text on the standard output, or as JSON. */
@Command(
        mixinStandardHelpOptions = true,
        versionProvider = CliVersion.class,
        exitCodeOnExecutionException = ExitCode.DEFECT,
        usageHelpAutoWidth = true)
abstract class ReportingCommand implements Callable<Integer> {

    private static final Gson GSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeNulls()
            .create();

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    /** Finds the answer. */
    abstract Report report() throws CommandFailure;

    @Override
    public final Integer call() throws CommandFailure {
        Report report = report();
        if (json || report.isForPrograms()) {
            print(toJson(report.json()), StandardCharsets.UTF_8);
        } else {
            print(text(report), CliEncoding.OUTPUT);
        }
        return report.exitCode();
    }

    /** {@return JSON as all commands write it} */
    static String toJson(JsonObject json) {
        return GSON.toJson(json) + System.lineSeparator();
    }

    private static String text(Report report) {
        Text text = new Text(Ansi.AUTO);
        report.print(text);
        return text.toString();
    }

    /** JSON is UTF-8, whatever the platform's encoding is. */
    private static void print(String output, Charset encoding) {
        byte[] bytes = output.getBytes(encoding);
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    /** Says what the command waits for, if somebody looks. */
    final void progress(String what) {
        if (!json && Ansi.AUTO.enabled()) {
            System.err.println(what);
        }
    }
}
