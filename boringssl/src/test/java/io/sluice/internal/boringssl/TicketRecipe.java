package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.internal.DocumentedPage;
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The script of docs/rotation.md, as it is written there, with files in another directory.
 *
 * @param script the file
 */
record TicketRecipe(Path script) {

    private static final String DOCUMENTED = "/etc/sluice/";

    static TicketRecipe of(Path directory) throws IOException {
        String text = DocumentedPage.of("rotation.md").block("ticket keys script");
        assertThat(text).contains(DOCUMENTED);
        return new TicketRecipe(
                Files.writeString(directory.resolve("rotate"), text.replace(DOCUMENTED, directory + "/")));
    }

    void run() throws IOException, InterruptedException {
        ProcessPeer.requireInstalled("openssl");
        try (ProcessPeer process = ProcessPeer.start("sh", script.toString())) {
            assertThat(process.awaitEnd()).isEmpty();
            assertThat(process.exitCode()).isZero();
        }
    }
}
