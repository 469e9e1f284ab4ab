package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.testing.internal.DocumentedPage;
import io.sluice.testing.internal.Pebble;
import io.sluice.testing.internal.ProcessPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes for certbot of docs/rotation.md, with a real certbot and a real ACME server. */
@Tag("long")
class CertbotRecipesTest {

    private static final String NAME = "web.example.com";
    private static final String PREFIX = "sluice.ssl.web.";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Stands for the root of the file system. */
    @TempDir
    Path root;

    @TempDir
    Path server;

    private DocumentedPage page;
    private String group;
    private int port;
    private Pebble pebble;

    @BeforeEach
    void start() throws Exception {
        page = DocumentedPage.of("rotation.md");
        group = Files.readAttributes(root, PosixFileAttributes.class).group().getName();
        port = Pebble.freePort();
        Files.writeString(server.resolve("authority.pem"), Pebble.trust());
        pebble = Pebble.start(server, Pebble.freePort(), port, Duration.ofDays(90));
    }

    @AfterEach
    void stop() {
        if (pebble != null) {
            pebble.close();
        }
    }

    private void certbot(String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("env", "REQUESTS_CA_BUNDLE=" + server.resolve("authority.pem"), "certbot"));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "--non-interactive",
                "--config-dir=" + root + "/etc/letsencrypt",
                "--work-dir=" + server.resolve("work"),
                "--logs-dir=" + server.resolve("logs")));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws Exception {
        try (ProcessPeer process = ProcessPeer.start(command)) {
            await(String.join(" ", command)).atMost(PATIENCE).until(() -> !process.isAlive());
            assertThat(process.exitCode()).as(process.awaitEnd()).isZero();
        }
    }

    private void obtain(String... more) throws Exception {
        certbot(Stream.concat(
                        Stream.of(
                                "certonly",
                                "--standalone",
                                "--http-01-port=" + port,
                                "--http-01-address=127.0.0.1",
                                "--server=" + pebble.directory(),
                                "--domain=" + NAME,
                                "--agree-tos",
                                "--register-unsafely-without-email"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private void renew() throws Exception {
        certbot("renew", "--force-renewal", "--no-random-sleep-on-renew");
    }

    /** A script of the page, for this directory and this group. */
    private Path script(String recipe) throws Exception {
        String script = page.block(recipe)
                .replace("/etc/", root + "/etc/")
                .replaceAll("\\bsluice(?= (/|-))|(?<=chgrp )sluice", group);
        Path file = Files.writeString(server.resolve("script"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file;
    }

    private void assertRenewalIsFollowed(String recipe) throws Exception {
        try (Watching web = new Watching(page.properties(recipe, root).entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey().substring(PREFIX.length()), entry.getValue()))
                .toArray(String[]::new))) {
            renew();

            ContextReloaded event = web.await(ContextReloaded.class, 1);
            assertThat(event.after().keys().get(0).chain().get(0).serialNumber())
                    .isNotEqualTo(event.before().keys().get(0).chain().get(0).serialNumber());
            assertThat(web.events(ContextReloadFailed.class)).isEmpty();
        }
    }

    private String permissions(String path) throws Exception {
        PosixFileAttributes attributes =
                Files.readAttributes(Path.of(root + path).toRealPath(), PosixFileAttributes.class);
        return PosixFilePermissions.toString(attributes.permissions()) + " "
                + attributes.group().getName();
    }

    @Test
    void groupThatMayReadTheFirstKeyMayReadTheNext() throws Exception {
        obtain();
        assertThat(permissions("/etc/letsencrypt/live")).startsWith("rwx------");
        run("sh", "-e", script("certbot permissions").toString());

        assertRenewalIsFollowed("certbot properties");

        assertThat(permissions("/etc/letsencrypt/live/" + NAME + "/privkey.pem"))
                .isEqualTo("rw-r----- " + group);
        assertThat(permissions("/etc/letsencrypt/live/" + NAME + "/fullchain.pem"))
                .startsWith("rw-r--r--");
        for (String directory : new String[] {"live", "archive"}) {
            assertThat(permissions("/etc/letsencrypt/" + directory)).isEqualTo("rwxr-x--- " + group);
        }
    }

    @Test
    void hookCopiesTheFirstCertificateAndEachRenewedOne() throws Exception {
        obtain("--deploy-hook=" + script("certbot hook"));

        assertRenewalIsFollowed("certbot hook properties");

        assertThat(permissions("/etc/sluice/web")).isEqualTo("rwxr-x--- " + group);
        assertThat(permissions("/etc/sluice/web/privkey.pem")).isEqualTo("rw-r----- " + group);
    }
}
