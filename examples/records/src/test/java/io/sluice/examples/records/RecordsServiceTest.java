package io.sluice.examples.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContext;
import io.sluice.examples.provision.DefaultProperties;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.SocketServers;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ProcessPeer;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with clients of several names, through openssl and through a connector. */
class RecordsServiceTest {

    private final TestAuthority authority = TestAuthority.create("records CA");
    private final TestAuthority foreign = TestAuthority.create("another CA");

    /** The client's side of the application. */
    @Singleton
    public static class Clients {

        static final List<ConnectionFailed> FAILED = new CopyOnWriteArrayList<>();

        @Inject
        @SslContext(value = "reader", errorp = true)
        SocketStreamConnector reader;

        @Inject
        @SslContext(value = "writer", errorp = true)
        SocketStreamConnector writer;

        @Inject
        @SslContext(value = "nameless", errorp = true)
        SocketStreamConnector nameless;

        void note(@Observes ConnectionFailed failed) {
            FAILED.add(failed);
        }
    }

    @TempDir
    Path directory;

    private SeContainer container;

    @BeforeEach
    void start() {
        Clients.FAILED.clear();
        Map<String, String> defaults = new HashMap<>(Map.of(
                "sluice.endpoint.records.port",
                "0",
                "sluice.endpoint.records.address",
                "localhost",
                "sluice.ssl.records.trust-store.pem.certs",
                authority.pem(),
                "sluice.ssl.nameless.trust-store.pem.certs",
                authority.pem()));
        key(defaults, "records", authority.issue("localhost"));
        for (String client : List.of("reader", "writer")) {
            key(defaults, client, authority.issue(client + ".example"));
            defaults.put("sluice.ssl." + client + ".trust-store.pem.certs", authority.pem());
        }
        DefaultProperties.add(defaults);
        container = SeContainerInitializer.newInstance()
                .addBeanClasses(Clients.class)
                .initialize();
    }

    private static void key(Map<String, String> properties, String context, TestChain chain) {
        properties.put("sluice.ssl." + context + ".key-store.pem.0.cert", chain.pem());
        properties.put("sluice.ssl." + context + ".key-store.pem.0.key", chain.keyPem());
    }

    @AfterEach
    void stop() {
        container.close();
    }

    private int port() {
        return container
                .select(SocketServers.class)
                .get()
                .named("records")
                .orElseThrow()
                .address()
                .getPort();
    }

    private Clients clients() {
        return container.select(Clients.class).get();
    }

    private SocketStream opened(SocketStreamConnector connector) throws IOException {
        return connector
                .open("localhost", port(), SocketStream.class, Initarg.readTimeout(Duration.ofSeconds(10)))
                .orElseThrow();
    }

    private static String ask(SocketStream stream, String request) throws IOException {
        stream.writer().write(request + "\n");
        return stream.reader().readLine(LineStream.MAX_LENGTH);
    }

    private ProcessPeer openssl(TestChain client) throws IOException {
        Path trusted = Files.writeString(directory.resolve("ca.crt"), authority.pem());
        Path identity = Files.writeString(directory.resolve("client.pem"), client.pem() + client.keyPem());
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "localhost:" + port()));
        command.addAll(List.of("-CAfile", trusted.toString(), "-verify_return_error", "-quiet"));
        command.addAll(List.of("-cert", identity.toString(), "-cert_chain", identity.toString()));
        return ProcessPeer.start(command.toArray(String[]::new));
    }

    private static void expect(ProcessPeer openssl, String request, String answer) throws IOException {
        openssl.sendLine(request);
        openssl.awaitOutput(answer + "\n");
    }

    @Test
    void writerOfOpensslReadsAndWrites() throws Exception {
        try (ProcessPeer openssl = openssl(authority.issue("writer.example"))) {
            expect(openssl, "WHO", "YOU writer.example");
            expect(openssl, "GET colour", "NONE");
            expect(openssl, "PUT colour  sea green", "OK");
            expect(openssl, "get colour", "VALUE sea green");
        }
    }

    @Test
    void readerOfOpensslIsDeniedWritingAndStillServed() throws Exception {
        try (SocketStream writer = opened(clients().writer)) {
            assertThat(ask(writer, "PUT colour red")).isEqualTo("OK");
        }
        try (ProcessPeer openssl = openssl(authority.issue("reader.example"))) {
            expect(openssl, "PUT colour blue", "DENIED reader.example may not write");
            expect(openssl, "DELETE colour", "DENIED reader.example may not write");
            expect(openssl, "GET colour", "VALUE red");
        }
    }

    @Test
    void strangerWithAGoodCertificateMayDoNothingButAsk() throws Exception {
        try (ProcessPeer openssl = openssl(authority.issue("stranger.example", "writer.other"))) {
            expect(openssl, "GET colour", "DENIED stranger.example may not read");
            expect(openssl, "PUT colour red", "DENIED stranger.example may not write");
            expect(openssl, "sing", "BAD request: use GET key, PUT key value, DELETE key or WHO");
            assertThat(Clients.FAILED).isEmpty();
        }
    }

    /** A name counts only if the trusted authority has certified it. */
    @Test
    void writersNameOfAnotherAuthorityIsRefusedInTheHandshake() throws Exception {
        try (ProcessPeer openssl = openssl(foreign.issue("writer.example"))) {
            openssl.awaitEnd();
            assertThat(openssl.exitCode()).isNotZero();
        }
        assertRefused(Kind.CERTIFICATE_UNKNOWN_ISSUER);
    }

    /** Only names below {@code example} are admitted. */
    @Test
    void nameOutsideOfTheRulesIsRefusedInTheHandshake() throws Exception {
        try (ProcessPeer openssl = openssl(authority.issue("writer.example.other"))) {
            openssl.awaitEnd();
            assertThat(openssl.exitCode()).isNotZero();
        }
        assertRefused(Kind.CERTIFICATE_NOT_ALLOWED);
    }

    @Test
    void clientWithoutACertificateIsRefusedInTheHandshake() throws Exception {
        try (SocketStream stream = opened(clients().nameless)) {
            assertThatThrownBy(() -> ask(stream, "WHO"))
                    .isInstanceOfSatisfying(
                            SocketStreamException.class,
                            condition -> assertThat(condition.kind()).isEqualTo(Kind.REJECTED_BY_PEER));
        }
        assertRefused(Kind.CLIENT_CERTIFICATE_MISSING);
    }

    private static void assertRefused(Kind kind) {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !Clients.FAILED.isEmpty());
        assertThat(Clients.FAILED)
                .singleElement()
                .satisfies(failed -> assertThat(failed.cause())
                        .isInstanceOfSatisfying(
                                SocketStreamException.class,
                                condition -> assertThat(condition.kind()).isEqualTo(kind)));
    }

    @Test
    void clientsOfOurOwnHaveTheRightsOfTheirNames() throws Exception {
        try (SocketStream writer = opened(clients().writer);
                SocketStream reader = opened(clients().reader)) {
            assertThat(ask(writer, "PUT a 1")).isEqualTo("OK");
            assertThat(ask(reader, "PUT a 2")).isEqualTo("DENIED reader.example may not write");
            assertThat(ask(reader, "GET a")).isEqualTo("VALUE 1");
            assertThat(ask(writer, "DELETE a")).isEqualTo("OK");
            assertThat(ask(writer, "DELETE a")).isEqualTo("NONE");
            assertThat(ask(reader, "GET a")).isEqualTo("NONE");
            assertThat(ask(reader, "WHO")).isEqualTo("YOU reader.example");
        }
        assertThat(Clients.FAILED).isEmpty();
    }

    @Test
    void lineWithoutEndEndsItsConnectionAlone() throws Exception {
        try (SocketStream good = opened(clients().reader);
                SocketStream bad = opened(clients().reader)) {
            bad.writer().write("GET " + "x".repeat(LineStream.MAX_LENGTH));
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !Clients.FAILED.isEmpty());
            assertThat(Clients.FAILED)
                    .singleElement()
                    .satisfies(failed -> assertThat(failed.cause())
                            .isInstanceOfSatisfying(
                                    SocketStreamException.class,
                                    condition -> assertThat(condition.kind()).isEqualTo(Kind.LINE_TOO_LONG)));
            assertThat(ask(good, "GET a")).isEqualTo("NONE");
        }
    }
}
