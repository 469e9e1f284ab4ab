package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.cli.Cli.Result;
import io.sluice.testing.internal.DocumentedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void eachExitCodeIsDocumented(int code) {
        assertThat(page.text()).containsPattern("(?m)^\\| " + code + " \\|");
    }
}
