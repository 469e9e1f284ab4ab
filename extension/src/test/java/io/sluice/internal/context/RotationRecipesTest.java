package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.CertificateDescription;
import io.sluice.context.ContextDescription;
import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.DocumentedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes of docs/rotation.md, with files laid out and replaced as the page says. */
class RotationRecipesTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain FIRST = AUTHORITY.issue("first.test");
    private static final TestChain SECOND = AUTHORITY.issue("second.test");
    private static final String PREFIX = "sluice.ssl.web.";
    private static DocumentedPage page;

    /** Stands for the root of the file system. */
    @TempDir
    Path root;

    @BeforeAll
    static void read() throws IOException {
        page = DocumentedPage.of("rotation.md");
    }

    private Path at(String path) throws IOException {
        Path file = Path.of(root + path);
        Files.createDirectories(file.getParent());
        return file;
    }

    private Watching watching(String recipe) throws Exception {
        Map<String, String> properties = page.properties(recipe, root);
        assertThat(properties.keySet()).allMatch(key -> key.startsWith(PREFIX));
        return new Watching(properties.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey().substring(PREFIX.length()), entry.getValue()))
                .toArray(String[]::new));
    }

    private static String subject(ContextDescription described) {
        return described.keys().get(0).chain().get(0).subject();
    }

    private static void assertFollowed(Watching web) {
        assertThat(subject(web.await(ContextReloaded.class, 1).after())).isEqualTo("CN=second.test");
        assertThat(web.events(ContextReloadFailed.class)).isEmpty();
    }

    /** The value of a key in YAML. */
    private static String yaml(String recipe, String key) {
        Matcher value = Pattern.compile("(?m)^[ -]*" + key + ": (\\S+)$").matcher(page.block(recipe));
        assertThat(value.find()).as(key).isTrue();
        return value.group(1);
    }

    @Test
    void kubeletExchangesTheSecret() throws Exception {
        assertThat(yaml("kubernetes pod", "secretName")).isEqualTo(yaml("kubernetes certificate", "secretName"));
        Path mounted = at(yaml("kubernetes pod", "mountPath") + "/..data").getParent();
        Path old = secret(mounted, "..2026_11_29_13_18_14.1234567890", FIRST);
        Path data = Files.createSymbolicLink(mounted.resolve("..data"), old.getFileName());
        for (String name : new String[] {"tls.crt", "tls.key", "ca.crt"}) {
            Files.createSymbolicLink(mounted.resolve(name), Path.of("..data", name));
        }
        try (Watching web = watching("kubernetes properties")) {
            Path fresh = secret(mounted, "..2027_02_12_08_00_00.0987654321", SECOND);
            Path exchanged = Files.createSymbolicLink(mounted.resolve("..data_tmp"), fresh.getFileName());
            Files.move(exchanged, data, StandardCopyOption.ATOMIC_MOVE);
            for (String name : new String[] {"tls.crt", "tls.key", "ca.crt"}) {
                Files.delete(old.resolve(name));
            }
            Files.delete(old);

            assertFollowed(web);
        }
    }

    private static Path secret(Path mounted, String name, TestChain chain) throws IOException {
        Path directory = Files.createDirectory(mounted.resolve(name));
        chain.write(directory, "tls");
        Files.writeString(directory.resolve("ca.crt"), AUTHORITY.pem());
        return directory;
    }

    @Test
    void agentReplacesOneFile() throws Exception {
        Matcher destination = Pattern.compile("destination = \"(.+)\"").matcher(page.block("vault template"));
        assertThat(destination.find()).isTrue();
        Path file = at(destination.group(1));
        Files.writeString(file, rendered(FIRST));
        try (Watching web = watching("vault properties")) {
            Path fresh = Files.writeString(at("/run/sluice/1234567890"), rendered(SECOND));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);

            assertFollowed(web);
        }
    }

    /** What the page's template makes of a certificate. */
    private static String rendered(TestChain chain) {
        Matcher contents = Pattern.compile("(?s)<<EOT\n(.*?)EOT\n").matcher(page.block("vault template"));
        assertThat(contents.find()).isTrue();
        String rendered = contents.group(1)
                .replaceAll("\\{\\{ (with|end)\\b.*?}}", "")
                .replace("{{ .Data.Cert }}", chain.leaf().certificatePem())
                .replace("{{ .Data.CA }}", chain.issuerPem())
                .replace("{{ .Data.Key }}", chain.keyPem());
        assertThat(rendered).doesNotContain("{{");
        return rendered;
    }

    @Test
    void agentWritesTwoFilesInPlace() throws Exception {
        FIRST.write(at("/run/sluice/web").getParent(), "web");
        try (Watching web = watching("vault two files")) {
            Files.writeString(at("/run/sluice/web.key"), SECOND.keyPem());
            Files.writeString(at("/run/sluice/web.crt"), SECOND.pem());

            assertFollowed(web);
        }
    }

    private static List<String> trustedBy(ContextDescription described) {
        return described.trustAnchors().stream()
                .map(CertificateDescription::subject)
                .toList();
    }

    @Test
    void authoritiesComeAndGo() throws Exception {
        Path first = at("/etc/sluice/authorities/first.pem");
        Path second = at("/etc/sluice/authorities/second.crt");
        Files.writeString(first, TestAuthority.create("first").pem());
        try (Watching web = watching("authorities")) {
            Files.writeString(second, TestAuthority.create("second").pem());
            assertThat(trustedBy(web.await(ContextReloaded.class, 1).after())).containsExactly("CN=first", "CN=second");

            Files.delete(first);
            assertThat(trustedBy(web.await(ContextReloaded.class, 2).after())).containsExactly("CN=second");

            Files.delete(second);
            assertThat(trustedBy(web.await(ContextReloadFailed.class, 1).active()))
                    .containsExactly("CN=second");
        }
    }

    /** The log lines of the page, without times and the name of the source. */
    @Test
    void pageShowsTheLinesOfTheLog() throws Exception {
        Path certificate = at("/etc/sluice/web.crt");
        TestChain chain =
                AUTHORITY.issue(CertificateProfile.of("web.example.com").validFor(Duration.ofHours(300)));
        FIRST.write(certificate.getParent(), "web");
        try (Watching web = new Watching(
                "key-store.pem.0.cert",
                certificate.toString(),
                "key-store.pem.0.key",
                root + "/etc/sluice/web.key",
                "expiry-warning",
                "20d")) {
            chain.write(certificate.getParent(), "web");
            web.await(ContextReloaded.class, 1);
            Files.writeString(certificate, "");
            web.await(ContextReloadFailed.class, 1);
            Files.writeString(certificate, chain.pem());
            web.await(ContextReloaded.class, 2);
            web.awaitLooks();

            String shown = plain(page.text());
            assertThat(web.log())
                    .extracting(line -> plain(
                            line.getLevel().getName() + " " + line.getMessage().replace(web.name(), "web")))
                    .filteredOn(line -> !line.contains("CN=authority") && !line.contains("CN=first.test"))
                    .hasSize(4)
                    .allSatisfy(line -> assertThat(shown).contains(line));
        }
    }

    private String plain(String text) {
        return text.replace(root.toString(), "")
                .replaceAll("\\s+", " ")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:]+Z", "TIME")
                .replaceAll("\\(from [^)]*\\)", "(from SOURCE)");
    }
}
