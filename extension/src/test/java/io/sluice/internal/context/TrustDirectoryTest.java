package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.context.CertificateDescription;
import io.sluice.context.ContextDescription;
import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.context.SslContextException;
import io.sluice.internal.config.TestConfig;
import io.sluice.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trusted certificates of a directory: all its PEM files, also those that are added later. */
class TrustDirectoryTest {
    private static final TestAuthority A = TestAuthority.create("a");
    private static final TestAuthority B = TestAuthority.create("b");
    private static final TestAuthority C = TestAuthority.create("c");
    private static final String CERTS = "trust-store.pem.certs";

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void makeDirectory() throws Exception {
        directory = Files.createDirectory(parent.resolve("authorities"));
    }

    private static List<String> trusted(ContextDescription described) {
        return described.trustAnchors().stream()
                .map(CertificateDescription::subject)
                .toList();
    }

    private static List<String> messages(ReloadableContext context) {
        SslContextException thrown = catchThrowableOfType(SslContextException.class, context::load);
        return thrown == null ? List.of() : thrown.problems();
    }

    @Test
    void certificatesAreReadInTheOrderOfTheirFiles() throws Exception {
        Files.writeString(directory.resolve("2.pem"), B.pem());
        Files.writeString(directory.resolve("1.CRT"), C.pem() + A.pem());
        Files.writeString(directory.resolve("10.crt"), B.pem());
        Files.writeString(directory.resolve("readme.txt"), "no certificate");
        Files.writeString(directory.resolve("web.key"), "no certificate");
        Files.writeString(directory.resolve(".hidden.pem"), "no certificate");
        Files.createDirectory(directory.resolve("old.pem"));
        Path single = Files.writeString(parent.resolve("single.pem"), A.pem());
        ReloadableContext context = NamedContexts.web(CERTS, single + ", file:" + directory + "/");
        context.load();

        assertThat(trusted(context.describe())).containsExactly("CN=a", "CN=c", "CN=a", "CN=b", "CN=b");
        assertThat(context.describe().trustAnchors())
                .extracting(CertificateDescription::source)
                .containsExactly(
                        single.toString(),
                        directory + "/1.CRT",
                        directory + "/1.CRT",
                        directory + "/10.crt",
                        directory + "/2.pem");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nothing        | the directory '@' holds no *.pem or *.crt file. Put the certificates to trust into it, or correct the path.
            another file   | the directory '@' holds no *.pem or *.crt file. Put the certificates to trust into it, or correct the path.
            a damaged file | '@/a.pem' holds a certificate that cannot be read. Supply X.509 certificates as PEM: -----BEGIN CERTIFICATE-----.
            an empty file  | '@/a.pem' is empty. Name a file with content.
            a dead link    | the file '@/a.pem' does not exist. Create the file, or correct the path.
            """)
    void directoryWithoutUsableCertificatesIsAProblem(String content, String message) throws Exception {
        Path file = directory.resolve("a.pem");
        switch (content) {
            case "another file" -> Files.writeString(directory.resolve("a.der"), A.pem());
            case "a damaged file" ->
                Files.writeString(file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
            case "an empty file" -> Files.createFile(file);
            case "a dead link" -> Files.createSymbolicLink(file, Path.of("nowhere"));
            default -> {
                // The directory stays empty.
            }
        }

        assertThat(messages(NamedContexts.web(CERTS, directory.toString())))
                .containsExactly("sluice.ssl.web." + CERTS + " (from " + TestConfig.SOURCE + "): "
                        + message.replace("@", directory.toString()));
    }

    @Test
    void directoryThatMayNotBeListedIsAProblem() {
        assumeTrue(
                directory.toFile().setReadable(false) && !Files.isReadable(directory),
                "this user may list every directory");

        assertThat(messages(NamedContexts.web(CERTS, directory.toString())))
                .containsExactly("sluice.ssl.web." + CERTS + " (from " + TestConfig.SOURCE
                        + "): this process is not allowed to list the directory '" + directory
                        + "'. Grant it permission to list the directory.");
    }

    @Test
    void addedAndRemovedFilesAreFollowed() throws Exception {
        Files.writeString(directory.resolve("a.pem"), A.pem());
        try (Watching web = new Watching(CERTS, directory.toString())) {
            Files.writeString(directory.resolve("b.crt"), B.pem());
            assertThat(trusted(web.await(ContextReloaded.class, 1).after())).containsExactly("CN=a", "CN=b");

            Files.writeString(directory.resolve("notes.txt"), "not a certificate");
            web.awaitLooks();
            assertThat(web.generation()).isEqualTo(2);

            Files.delete(directory.resolve("a.pem"));
            assertThat(trusted(web.await(ContextReloaded.class, 2).after())).containsExactly("CN=b");

            Files.delete(directory.resolve("b.crt"));
            assertThat(web.await(ContextReloadFailed.class, 1).problems())
                    .singleElement()
                    .asString()
                    .contains("holds no *.pem or *.crt file");
            assertThat(trusted(web.context().describe())).containsExactly("CN=b");
        }
    }

    /** Kubernetes links each file through a hidden link to a directory, and exchanges that link alone. */
    @Test
    void exchangedSecretIsFollowed() throws Exception {
        Path old = Files.createDirectory(directory.resolve("..2026_01"));
        Path fresh = Files.createDirectory(directory.resolve("..2026_02"));
        Files.writeString(old.resolve("ca.crt"), A.pem());
        Files.writeString(fresh.resolve("ca.crt"), B.pem());
        Files.writeString(fresh.resolve("more.crt"), C.pem());
        Path data = Files.createSymbolicLink(directory.resolve("..data"), old.getFileName());
        Files.createSymbolicLink(directory.resolve("ca.crt"), Path.of("..data/ca.crt"));
        try (Watching web = new Watching(CERTS, directory.toString())) {
            assertThat(trusted(web.context().describe())).containsExactly("CN=a");

            Path exchanged = Files.createSymbolicLink(directory.resolve("..tmp"), fresh.getFileName());
            Files.move(exchanged, data, StandardCopyOption.ATOMIC_MOVE);
            assertThat(trusted(web.await(ContextReloaded.class, 1).after())).containsExactly("CN=b");

            Files.createSymbolicLink(directory.resolve("more.crt"), Path.of("..data/more.crt"));
            assertThat(trusted(web.await(ContextReloaded.class, 2).after())).containsExactly("CN=b", "CN=c");
        }
    }
}
