package io.sluice.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sluice.testing.internal.DocumentedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The server of the tests has what docs/engines.md says about a native library that all applications share. */
class SharedLibraryRecipeTest {

    @Test
    void serverIsConfiguredAsThePageSays() throws IOException {
        DocumentedPage page = DocumentedPage.of("engines.md");
        Map<String, String> recipes = Server.current().recipes();
        assumeThat(recipes).as("what the page configures").isNotEmpty();
        for (var recipe : recipes.entrySet()) {
            String file = Files.readString(Path.of(recipe.getValue()));
            assertThat(page.block(recipe.getKey()).lines().map(String::strip))
                    .as(recipe.getKey())
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(file).contains(line));
        }
    }
}
