package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.cdi.SluiceExtension;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The jar on the module path. */
class ModuleNameTest {

    @Test
    void jarHasTheNameThatItsManifestSays() throws Exception {
        Path jar = Path.of(SluiceExtension.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assumeTrue(Files.isRegularFile(jar), "the jar is there from the phase package on: mvn verify");

        ModuleDescriptor module =
                ModuleFinder.of(jar).find("io.sluice").orElseThrow().descriptor();

        assertThat(module.isAutomatic()).isTrue();
        assertThat(module.packages()).contains("io.sluice.context", "io.sluice.stream", "io.sluice.server");
    }
}
