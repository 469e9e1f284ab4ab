package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.cli.Cli.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands share. */
class SluiceCliTest {

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"check", "probe", "expire", "explain", "dev-cert", "describe", "reload", "export"})
    void eachCommandHasHelpAndJson(String command) throws Exception {
        Result result = Cli.in(directory).run(command, "--help");

        assertThat(result.output()).startsWith("Usage: sluice " + command).contains("--json");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void helpListsTheExitCodes() throws Exception {
        assertThat(Cli.in(directory).run("--help").output())
                .contains("Exit codes:")
                .contains("no answer");
    }

    @Test
    void noCommandAndUnknownOptionsAreWrong() throws Exception {
        Result nothing = Cli.in(directory).run();
        Result unknown = Cli.in(directory).run("check", "--jsn");

        assertThat(nothing.exitCode()).isEqualTo(2);
        assertThat(unknown.exitCode()).isEqualTo(2);
        assertThat(unknown.output()).isEmpty();
        assertThat(unknown.errors()).contains("--jsn");
    }
}
