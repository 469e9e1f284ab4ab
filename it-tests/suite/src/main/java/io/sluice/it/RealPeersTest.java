package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.support.Application;
import io.sluice.it.support.Contexts;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.it.support.Protocol;
import io.sluice.stream.SocketStream;
import io.sluice.testing.internal.ProcessPeer;
import jakarta.enterprise.context.Dependent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A service of an application, with independent clients. */
class RealPeersTest {

    /** Answers one line or the head of one request. */
    @Dependent
    public static class OneAnswer extends SocketStream {

        void answerLine() throws IOException {
            writer().write("You said " + reader().readLine() + "\n");
        }

        void answerRequest() throws IOException {
            String request = reader().readLine();
            for (String line = reader().readLine(); !line.isEmpty(); line = reader().readLine()) {
                // Skips the header fields.
            }
            writer().write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n" + request + "\n");
        }
    }

    interface Answer {
        void by(OneAnswer stream) throws IOException;
    }

    @TempDir
    Path directory;

    private Application application;
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        application =
                Application.configured().beans(Contexts.class, OneAnswer.class).start();
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        application.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS12", "TLS13"})
    void opensslTalksToStream(Protocol way) throws Exception {
        Future<?> served = serve(way, OneAnswer::answerLine);
        try (ProcessPeer openssl = ProcessPeer.start(
                "openssl",
                "s_client",
                "-connect",
                "127.0.0.1:" + server.getLocalPort(),
                "-servername",
                "localhost",
                "-CAfile",
                certificate(),
                "-verify_return_error",
                "-brief")) {
            openssl.awaitOutput("CONNECTION ESTABLISHED");
            openssl.sendLine("hello");
            String printed = openssl.awaitEnd();
            assertThat(printed).contains("Protocol version: " + way.version, "Verification: OK", "You said hello");
            assertThat(openssl.exitCode()).as(printed).isZero();
            served.get(5, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS12", "TLS13"})
    void curlGetsResponseFromStream(Protocol way) throws Exception {
        Future<?> served = serve(way, OneAnswer::answerRequest);
        int port = server.getLocalPort();
        try (ProcessPeer curl = ProcessPeer.start(
                "curl",
                "--silent",
                "--show-error",
                "--noproxy",
                "*",
                "--cacert",
                certificate(),
                "--resolve",
                "localhost:" + port + ":127.0.0.1",
                "https://localhost:" + port + "/news")) {
            assertThat(curl.awaitEnd()).isEqualTo("GET /news HTTP/1.1\n");
            assertThat(curl.exitCode()).isZero();
            served.get(5, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TLS12", "TLS13"})
    void gnutlsSeesStreamCloseCleanly(Protocol way) throws Exception {
        Future<?> served = serve(way, OneAnswer::answerLine);
        try (ProcessPeer gnutls = ProcessPeer.start(
                "gnutls-cli",
                "--x509cafile",
                certificate(),
                "--verify-hostname",
                "localhost",
                "--port",
                String.valueOf(server.getLocalPort()),
                "127.0.0.1")) {
            gnutls.awaitOutput("Handshake was completed");
            gnutls.sendLine("hello");
            String printed = gnutls.awaitEnd();
            assertThat(printed).contains("You said hello", "Peer has closed the GnuTLS connection");
            assertThat(printed).doesNotContain("*** Fatal error", "*** Received alert");
            assertThat(gnutls.exitCode()).as(printed).isZero();
            served.get(5, TimeUnit.SECONDS);
        }
    }

    private String certificate() throws IOException {
        return Protocol.SERVER.writeCertificate(directory).toString();
    }

    private Future<?> serve(Protocol way, Answer answer) {
        return PeerBehaviour.THREADS.submit(() -> {
            try (OneAnswer stream = application
                    .get(Contexts.class)
                    .creator(way)
                    .create(server.accept(), OneAnswer.class)
                    .orElseThrow()) {
                answer.by(stream);
            }
            return null;
        });
    }
}
