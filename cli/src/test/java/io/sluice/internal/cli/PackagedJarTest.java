package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.cli.Cli.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is published. */
@EnabledIfSystemProperty(named = "sluice.cli.jar", matches = ".+", disabledReason = "the jar is not packaged yet")
class PackagedJarTest {

    private final Path jar = Path.of(System.getProperty("sluice.cli.jar", ""));

    @TempDir
    private Path directory;

    private String text(String entry) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<String> entries() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    @Test
    void everyCommandRunsFromTheJarAlone() throws Exception {
        assertThat(Cli.ofJar(jar, directory).run("--version").output()).startsWith("sluice 0.");
        assertThat(Cli.ofJar(jar, directory).run("dev-cert").exitCode()).isZero();
        Result checked = Cli.ofJar(jar, directory).run("check", "--strict", "dev-certs/dev.properties");
        assertThat(checked.output()).startsWith("ok: 1 context (dev)");
        assertThat(checked.errors()).isEmpty();
        assertThat(Cli.ofJar(jar, directory)
                        .run("expire", "1d", "dev-certs/dev.properties")
                        .exitCode())
                .isZero();
        assertThat(Cli.ofJar(jar, directory)
                        .run("probe", "127.0.0.1:1", "--context", "dev", "--config", "dev-certs/dev.properties")
                        .output())
                .startsWith("not connected: CONNECT_FAILED");
        assertThat(Cli.ofJar(jar, directory).run("explain", "NOT_TLS", "--json").exitCode())
                .isZero();
        Files.writeString(directory.resolve("shop.json"), SampleDocument.text());
        assertThat(Cli.ofJar(jar, directory)
                        .run("describe", "--file", "shop.json", "--html", "shop.html")
                        .output())
                .startsWith("page: shop.html");
        assertThat(Cli.ofJar(jar, directory)
                        .run("export", "--cbom", "-", "dev-certs/dev.properties")
                        .json()
                        .getAsJsonObject("metadata")
                        .getAsJsonObject("tools")
                        .toString())
                .contains("\"version\":\"0.");
    }

    @Test
    void servicesOfAllJarsAreMergedExceptThoseForContainers() throws IOException {
        assertThat(text("META-INF/services/org.eclipse.microprofile.config.spi.ConfigProviderResolver"))
                .contains("io.smallrye.config.SmallRyeConfigProviderResolver");
        assertThat(text("META-INF/services/io.smallrye.config.ConfigSourceFactory"))
                .isNotBlank();
        assertThat(text("META-INF/services/java.security.Provider")).contains("org.bouncycastle");
        assertThat(entries()).noneMatch(name -> name.startsWith("META-INF/services/jakarta.enterprise."));
    }

    @Test
    void manifestMakesItRunnable() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Attributes main = file.getManifest().getMainAttributes();
            assertThat(main.getValue(Attributes.Name.MAIN_CLASS)).isEqualTo(SluiceCli.class.getName());
            assertThat(main.getValue(Attributes.Name.MULTI_RELEASE)).isEqualTo("true");
            assertThat(main.getValue("Automatic-Module-Name")).isEqualTo("io.sluice.cli");
        }
    }

    @Test
    void nothingInItIsSignedOrNamedTwice() throws IOException {
        assertThat(entries())
                .doesNotHaveDuplicates()
                .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA)"))
                .noneMatch(name -> name.endsWith("module-info.class"));
    }

    @Test
    void licencesAreInIt() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/LICENSE.md")).contains("Eclipse Public License - v 2.0");
        assertThat(text("META-INF/NOTICE")).contains("Microprofile Config");
        assertThat(text("META-INF/NOTICE.md")).contains("Jakarta");
        assertThat(text("META-INF/THIRD-PARTY.md")).contains("Legion of the Bouncy Castle");
    }

    /** A new dependency needs a line in the list of licences. */
    @Test
    void eachPackageIsInTheListOfLicences() throws IOException {
        String list = text("META-INF/THIRD-PARTY.md");

        assertThat(entries().stream()
                        .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                        .map(name -> name.replace('/', '.'))
                        .filter(name -> !name.startsWith("io.sluice."))
                        .filter(name -> !isListed(name, list)))
                .isEmpty();
    }

    private static boolean isListed(String className, String list) {
        for (int dot = className.indexOf('.'); dot > 0; dot = className.indexOf('.', dot + 1)) {
            if (list.contains("(`" + className.substring(0, dot) + "`)")) {
                return true;
            }
        }
        return false;
    }
}
