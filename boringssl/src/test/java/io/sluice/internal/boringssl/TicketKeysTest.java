package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.LogCapture;
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that resume each other's sessions, because they have the same keys for tickets and accept the same clients. */
class TicketKeysTest {

    private static final String TLS_1_3 = "TLSv1.3";
    private static final String FULL = "full CN=client VERIFIED client";
    private static final String RESUMED = "resumed CN=client ACCEPTED_BY_ENGINE client";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority OTHER = TestAuthority.create("other");

    @TempDir
    Path directory;

    private TicketFiles files;
    private SSLContext client;

    @BeforeEach
    void write() throws IOException {
        files = new TicketFiles(AUTHORITY, directory);
        files.keys(TicketFiles.key());
        files.certificate();
        files.trust(AUTHORITY);
        client = AUTHORITY.issue("client").context();
    }

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    private String ask(TicketNode node) throws IOException {
        return TicketFiles.ask(client, TLS_1_3, node.port());
    }

    private String askNode(String protocol, String... others) throws IOException {
        try (TicketNode node = TicketNode.start(files.properties(others))) {
            return TicketFiles.ask(client, protocol, node.port());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_3, "TLSv1.2"})
    void anotherServerResumesWithTheSamePolicy(String protocol) throws Exception {
        assertThat(askNode(protocol)).isEqualTo(FULL);
        assertThat(askNode(protocol)).isEqualTo(RESUMED);
        files.certificate();
        assertThat(askNode(protocol)).as("with another certificate").isEqualTo(RESUMED);
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.3, client-auth, want",
        "TLSv1.3, client-auth.allow.dns, '*.test,client'",
        "TLSv1.3, revocation, crl",
        "TLSv1.3, protocols, TLSv1.3",
        "TLSv1.2, protocols, TLSv1.2",
        "TLSv1.2, cipher-suites, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.3, key-store.sni-unmatched, refuse",
        "TLSv1.3, session.ticket-keys, ''",
        "TLSv1.3, session.tickets, false",
    })
    void serverOfAnotherPolicyResumesNothing(String protocol, String key, String value) throws Exception {
        Files.writeString(directory.resolve("none.crl"), AUTHORITY.crl());
        String[] others = switch (key) {
            case "revocation" -> new String[] {"trust-store.revocation-lists", directory + "/none.crl"};
            case "client-auth" -> new String[] {key, value, "client-auth.allow.dns", ""};
            case "key-store.sni-unmatched" -> new String[] {key, value, "key-store.sni", "true"};
            case "session.tickets" -> new String[] {key, value, "session.ticket-keys", ""};
            default -> new String[] {key, value};
        };
        assertThat(askNode(protocol)).isEqualTo(FULL);
        assertThat(askNode(protocol, others)).startsWith("full CN=client VERIFIED");
        if (key.equals("session.ticket-keys") || key.equals("session.tickets")) {
            return; // Without keys in a file, each server has its own.
        }
        assertThat(askNode(protocol, others))
                .as("the other policy again")
                .startsWith("resumed CN=client ACCEPTED_BY_ENGINE");
    }

    @Test
    void serverOfAnotherTrustResumesNothing() throws Exception {
        assertThat(askNode(TLS_1_3)).isEqualTo(FULL);
        files.trust(AUTHORITY, OTHER);
        assertThat(askNode(TLS_1_3)).isEqualTo(FULL);
        assertThat(askNode(TLS_1_3)).isEqualTo(RESUMED);
        files.trust(OTHER);
        assertThatThrownBy(() -> askNode(TLS_1_3)).isInstanceOf(IOException.class);
    }

    @Test
    void reloadKeepsSessionsUnlessTrustChanges() throws Exception {
        try (TicketNode node = TicketNode.start(files.properties())) {
            assertThat(ask(node)).isEqualTo(FULL);
            files.certificate();
            node.reload();
            assertThat(ask(node)).isEqualTo(RESUMED);
            files.trust(AUTHORITY, OTHER);
            node.reload();
            assertThat(ask(node)).isEqualTo(FULL);
            assertThat(ask(node)).isEqualTo(RESUMED);
        }
    }

    @Test
    void keysAreExchangedInUse() throws Exception {
        String first =
                Files.readString(files.keyFile()).lines().reduce((a, b) -> b).orElseThrow();
        String second = TicketFiles.key();
        try (TicketNode node = TicketNode.start(files.properties())) {
            assertThat(ask(node)).isEqualTo(FULL);
            files.keys(second, first);
            node.reload();
            assertThat(ask(node)).as("sealed with the key that is second now").isEqualTo(RESUMED);
            client = AUTHORITY.issue("client").context(); // JDK 25 keeps several tickets, also those of the first key.
            assertThat(ask(node)).isEqualTo(FULL);
            files.keys(second);
            node.reload();
            assertThat(ask(node)).as("sealed with the key that is first").isEqualTo(RESUMED);
            files.keys(TicketFiles.key());
            node.reload();
            assertThat(ask(node)).as("sealed with a key that was removed").isEqualTo(FULL);
        }
    }

    @Test
    void fileIsFollowed() throws Exception {
        try (TicketNode node = TicketNode.start(files.properties("reload-period", "50ms"));
                LogCapture log =
                        LogCapture.of("io.sluice", record -> record.getMessage().startsWith("context 'web'"))) {
            assertThat(ask(node)).isEqualTo(FULL);
            files.keys("cafe");
            Awaitility.await().until(() -> !log.records().isEmpty());
            assertThat(ask(node)).as("with the last good keys").isEqualTo(RESUMED);
            assertThat(log.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.getMessage())
                            .contains("sluice.ssl.web.session.ticket-keys", "line 3 of", "stays in use")
                            .doesNotContain("cafe"));
            files.keys(TicketFiles.key());
            Awaitility.await().until(() -> log.records().size() > 1);
            assertThat(log.records().get(1).getMessage()).isEqualTo("context 'web' uses new material (generation 2)");
            assertThat(ask(node)).isEqualTo(FULL);
        }
    }

    /** Each node knows a key before another one seals with it, and for as long after that. */
    @Test
    void recipeRotatesKeysWithoutAFullHandshake() throws Exception {
        TicketRecipe recipe = TicketRecipe.of(directory);
        Files.delete(files.keyFile());
        recipe.run();
        try (TicketNode behind = TicketNode.start(files.properties())) {
            List<String> before = Files.readAllLines(files.keyFile());
            recipe.run();
            List<String> after = Files.readAllLines(files.keyFile());
            assertThat(after).hasSize(3).doesNotHaveDuplicates().startsWith(before.get(2), before.get(0));
            assertThat(Files.getPosixFilePermissions(files.keyFile()))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(ask(behind)).isEqualTo(FULL);
            behind.reload();
            assertThat(ask(behind)).isEqualTo(RESUMED);
            Files.writeString(files.keyFile(), String.join("\n", before) + "\n");
            behind.reload();
            assertThat(ask(behind)).as("sealed with the key that comes next").isEqualTo(RESUMED);
        }
    }

    /** Without a file, BoringSSL makes the keys. */
    @Test
    void ownKeysOutliveAReload() throws Exception {
        try (TicketNode node = TicketNode.start(files.properties("session.ticket-keys", ""))) {
            assertThat(ask(node)).isEqualTo(FULL);
            files.certificate();
            node.reload();
            assertThat(ask(node)).isEqualTo(RESUMED);
            files.trust(AUTHORITY, OTHER);
            node.reload();
            assertThat(ask(node)).isEqualTo(FULL);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cafe     | line 3 of 'FILE' is a key of 2 bytes, not of 80 or 48",
                "a secret | line 3 of 'FILE' is neither hexadecimal nor base64",
                "#        | 'FILE' holds no key",
            })
    void unusableFileIsAProblem(String content, String fault) throws Exception {
        files.keys(content);
        assertThatThrownBy(() -> askNode(TLS_1_3))
                .hasMessageContaining(
                        "sluice.ssl.web.session.ticket-keys (from PropertiesConfigSource[source=the test's"
                                + " properties]): "
                                + fault.replace("FILE", files.keyFile().toString())
                                + ". Write a line for each key, as openssl rand -hex 80 prints it.")
                .hasMessageNotContaining("a secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"session.ticket-keys", "session.tickets"})
    void ticketsThatForgetAVerdictAreAProblem(String key) {
        Map<String, String> properties = files.properties(
                "trust-store.pem.certs",
                "",
                "trust-all",
                "true",
                "client-auth.allow.dns",
                "",
                "session.ticket-keys",
                "",
                key,
                key.equals("session.tickets") ? "true" : files.keyFile().toString());
        assertThatThrownBy(() -> TicketNode.start(properties))
                .hasMessageContaining("sluice.ssl.web." + key + " (from ")
                .hasMessageContaining("this server sends no tickets, because");
    }

    /** OpenSSL's client keeps its session in a file. */
    @ParameterizedTest
    @ValueSource(strings = {"-tls1_3", "-tls1_2"})
    void opensslResumesToo(String protocol) throws Exception {
        AUTHORITY.issue("client").write(directory, "client");
        assertThat(openssl(protocol, "-sess_out", FULL)).doesNotContain("Reused");
        assertThat(openssl(protocol, "-sess_in", RESUMED)).contains("Reused, TLSv1");
    }

    private String openssl(String protocol, String session, String answer) throws Exception {
        try (TicketNode node = TicketNode.start(files.properties());
                ProcessPeer peer = ProcessPeer.start(
                        "openssl",
                        "s_client",
                        protocol,
                        "-connect",
                        "127.0.0.1:" + node.port(),
                        "-CAfile",
                        directory + "/trust.pem",
                        "-cert",
                        directory + "/client.crt",
                        "-key",
                        directory + "/client.key",
                        session,
                        directory + "/openssl.session")) {
            peer.sendLine("?");
            peer.awaitOutput(answer);
            peer.closeInput();
            return peer.awaitEnd();
        }
    }
}
