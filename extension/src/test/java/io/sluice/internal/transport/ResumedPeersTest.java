package io.sluice.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.internal.tls.EngineKind;
import io.sluice.internal.tls.ResumingEngines;
import io.sluice.internal.tls.ResumingEngines.Party;
import io.sluice.internal.tls.TransportException;
import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each engine agrees with OpenSSL and GnuTLS on whether a session was resumed, by ticket or by identifier. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class ResumedPeersTest {

    @TempDir
    Path directory;

    private static boolean serve(ServerSocket listening, Party party) throws Exception {
        TlsTransport server = transport(listening.accept(), party.engine());
        server.handshake();
        server.write("tickets come first\n".getBytes(StandardCharsets.US_ASCII), 0, 19);
        server.close();
        return server.tls().orElseThrow().resumed();
    }

    private static TlsTransport transport(Socket socket, SSLEngine engine) throws TransportException {
        return new TlsTransport(RawSocket.take(socket), engine, TlsCase.LIMITS, () -> EngineKind.release(engine));
    }

    private static ServerSocket listening() throws IOException {
        return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    private String certificate() throws IOException {
        return ResumingEngines.CERTIFICATE.writeCertificate(directory).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "JDK, TLSv1.2, -tls1_2, false",
        "JDK, TLSv1.2, -tls1_2 -no_ticket, false",
        "JDK, TLSv1.3, -tls1_3, false",
        "BOUNCY_CASTLE, TLSv1.2, -tls1_2, false",
        "BORINGSSL, TLSv1.2, -tls1_2, false",
        "BORINGSSL, TLSv1.3, -tls1_3, false",
        "BORINGSSL, TLSv1.3, -tls1_3 -groups X25519:P-384, true"
    })
    void serverAgreesWithOpenssl(ResumingEngines engines, String protocol, String options, boolean retry)
            throws Exception {
        Party party = engines.party(false, protocol, retry);
        String session = directory.resolve("session").toString();
        try (ServerSocket listening = listening()) {
            for (String file : List.of("-sess_out", "-sess_in", "-sess_out")) {
                List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-ign_eof", file, session));
                command.addAll(List.of("-connect", "127.0.0.1:" + listening.getLocalPort()));
                command.addAll(List.of(options.split(" ")));
                try (ProcessPeer openssl = ProcessPeer.start(command.toArray(String[]::new))) {
                    boolean resumed = serve(listening, party);
                    assertThat(openssl.awaitEnd()).contains((resumed ? "Reused, " : "New, ") + protocol);
                    assertThat(resumed).as(file).isEqualTo(file.equals("-sess_in"));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"JDK, TLSv1.2", "JDK, TLSv1.3", "BORINGSSL, TLSv1.2", "BORINGSSL, TLSv1.3", "BOUNCY_CASTLE, TLSv1.2"})
    void serverAgreesWithGnutls(ResumingEngines engines, String protocol) throws Exception {
        Party party = engines.party(false, protocol, false);
        try (ServerSocket listening = listening();
                ProcessPeer gnutls = ProcessPeer.start(
                        "gnutls-cli",
                        "--resume",
                        "--waitresumption",
                        "--priority",
                        "NORMAL:-VERS-ALL:+VERS-" + protocol.replace("v", ""),
                        "--x509cafile",
                        certificate(),
                        "-p",
                        Integer.toString(listening.getLocalPort()),
                        "localhost")) {
            assertThat(serve(listening, party)).as("first").isFalse();
            assertThat(serve(listening, party)).as("second").isTrue();
            assertThat(gnutls.awaitEnd()).contains("*** This is a resumed session");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "JDK, TLSv1.2, -tls1_2",
        "JDK, TLSv1.2, -tls1_2 -no_ticket",
        "JDK, TLSv1.3, -tls1_3",
        "JDK, TLSv1.3, -tls1_3 -groups P-384",
        "BOUNCY_CASTLE, TLSv1.2, -tls1_2",
        "BORINGSSL, TLSv1.2, -tls1_2",
        "BORINGSSL, TLSv1.2, -tls1_2 -no_ticket",
        "BORINGSSL, TLSv1.3, -tls1_3 -groups P-384"
    })
    void clientAgreesWithOpenssl(ResumingEngines engines, String protocol, String options) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                certificate(),
                "-key",
                ResumingEngines.CERTIFICATE.writeKey(directory).toString()));
        command.addAll(List.of(options.split(" ")));
        try (ProcessPeer openssl = ProcessPeer.start(command.toArray(String[]::new))) {
            openssl.awaitOutput("ACCEPT 127.0.0.1:");
            Matcher port = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:(\\d+)").matcher(openssl.output());
            assertThat(port.find()).isTrue();
            int server = Integer.parseInt(port.group(1));
            Party party = engines.party(true, protocol, false);
            assertThat(resumes(openssl, server, party)).as("first").isFalse();
            assertThat(resumes(openssl, server, party)).as("second").isTrue();
            assertThat(resumes(openssl, server, engines.party(true, protocol, false)))
                    .as("another client")
                    .isFalse();
        }
    }

    private static boolean resumes(ProcessPeer openssl, int server, Party party) throws Exception {
        int before = openssl.output().length();
        TlsTransport client = transport(new Socket("127.0.0.1", server), party.engine());
        client.write("ping\n".getBytes(StandardCharsets.US_ASCII), 0, 5);
        openssl.awaitOutputAfter(before, "ping");
        openssl.sendLine("pong");
        assertThat(client.read(new byte[5], 0, 5)).isEqualTo(5);
        boolean resumed = client.tls().orElseThrow().resumed();
        client.close();
        assertThat(openssl.output().substring(before).contains("Reused session-id"))
                .as("OpenSSL agrees")
                .isEqualTo(resumed);
        return resumed;
    }
}
