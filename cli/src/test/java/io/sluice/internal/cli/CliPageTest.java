package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.cli.Cli.Result;
import io.sluice.testing.internal.DocumentedPage;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Runs the commands of docs/cli.md as they are written there. */
class CliPageTest {

    private final DocumentedPage page;

    CliPageTest() throws Exception {
        page = DocumentedPage.of("cli.md");
    }

    @Test
    void theSessionWorks(@TempDir Path directory) throws Exception {
        Result result = Cli.script(directory, page.block("session"));

        assertThat(result.errors()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.output())
                .contains("new authority: ")
                .contains("ok: 1 context (dev), 0 endpoints")
                .contains("ok: no certificate of 1 context expires until")
                .contains("CERTIFICATE_UNKNOWN_ISSUER (Certificates)");
    }

    @Test
    void theGateOfAPipelineStopsAtErrors(@TempDir Path directory) throws Exception {
        Result result = Cli.script(directory, page.block("session") + page.block("gate"));

        assertThat(result.output()).contains("\"ok\": true");
        assertThat(result.exitCode()).isZero();
    }

    private static Stream<CommandSpec> commands() {
        return new CommandLine(new SluiceCli())
                .getSubcommands().values().stream().map(CommandLine::getCommandSpec);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void eachCommandIsDocumentedWithItsOptions(CommandSpec command) {
        assertThat(page.text())
                .contains("\n## " + command.name() + "\n")
                .contains("[`" + command.name() + "`](#" + command.name() + ")");
        assertThat(command.options())
                .filteredOn(option -> !option.usageHelp() && !option.versionHelp())
                .extracting(OptionSpec::longestName)
                .allSatisfy(
                        option -> assertThat(page.text()).containsPattern("`" + option + "[` ]|[ \n]" + option + " "));
    }

    /** A section about a command that no longer exists. */
    @Test
    void eachCommandOfThePageExists() {
        assertThat(Pattern.compile("(?m)^\\| \\[`([a-z-]+)`]\\(#")
                        .matcher(page.text())
                        .results())
                .extracting(match -> match.group(1))
                .containsExactlyInAnyOrderElementsOf(
                        commands().map(CommandSpec::name).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void eachExitCodeIsDocumented(int code) {
        assertThat(page.text()).containsPattern("(?m)^\\| " + code + " \\|");
    }
}
