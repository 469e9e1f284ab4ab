package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContextException;
import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.stream.SocketStream;
import io.sluice.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reloads of a context while streams are open. */
@Tag("tls")
class ReloadTest {

    private static final TestAuthority BEFORE = TestAuthority.create("before");
    private static final TestAuthority AFTER = TestAuthority.create("after");

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws Exception {
        BEFORE.issue("localhost").write(directory, "server");
    }

    private Application application(String protocol) {
        return Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", directory + "/server.crt",
                        "sluice.ssl.web.key-store.pem.0.key", directory + "/server.key",
                        "sluice.ssl.web.protocols", protocol,
                        "sluice.ssl.peer.trust-store.pem.certs", BEFORE.pem() + AFTER.pem())
                .start();
    }

    private static HandshakePair meet(Application application) throws Exception {
        return HandshakePair.of(application, "web", "peer");
    }

    private static String issuerShownTo(HandshakePair meeting) throws Exception {
        return meeting.client()
                .orElseThrow()
                .tls()
                .orElseThrow()
                .peerCertificates()
                .get(0)
                .getIssuerX500Principal()
                .getName();
    }

    private static void assertTalking(HandshakePair meeting) throws Exception {
        SocketStream server = meeting.server().orElseThrow();
        SocketStream client = meeting.client().orElseThrow();
        client.output().write('a');
        assertThat(server.input().read()).isEqualTo('a');
        server.output().write('b');
        assertThat(client.input().read()).isEqualTo('b');
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void reloadReachesTheNextCreationAndLeavesOpenStreamsAlone(String protocol) throws Exception {
        try (Application application = application(protocol);
                HandshakePair open = meet(application)) {
            AFTER.issue("localhost").write(directory, "server");
            application.get(SslContexts.class).reload("web");
            try (HandshakePair next = meet(application)) {
                assertThat(issuerShownTo(next)).isEqualTo("CN=after");
                assertTalking(next);
            }
            assertThat(issuerShownTo(open)).isEqualTo("CN=before");
            assertTalking(open);
        }
    }

    @Test
    void reloadOfBrokenMaterialSaysWhyAndWhatStaysInUse() throws Exception {
        try (Application application = application("TLSv1.3");
                HandshakePair open = meet(application)) {
            Path key = directory.resolve("server.key");
            String good = Files.readString(key);
            Files.writeString(key, good.substring(0, good.length() / 2));
            assertThatThrownBy(() -> application.get(SslContexts.class).reload("web"))
                    .isInstanceOf(SslContextException.class)
                    .hasMessageStartingWith("context 'web' cannot be loaded: sluice.ssl.web.key-store.pem.0.key (from ")
                    .hasMessageMatching(
                            ".*\\(the material loaded at \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ stays in use\\)");
            try (HandshakePair next = meet(application)) {
                assertThat(issuerShownTo(next)).isEqualTo("CN=before");
            }
            assertTalking(open);

            Files.writeString(key, good);
            application.get(SslContexts.class).reload("web");
            try (HandshakePair next = meet(application)) {
                assertTalking(next);
            }
        }
    }

    @Test
    void reloadOfANameThatThereIsNotSuggestsNearOnes() {
        try (Application application = application("TLSv1.3")) {
            assertThatThrownBy(() -> application.get(SslContexts.class).reload("wep"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("there is no context 'wep' (did you mean web?)");
        }
    }
}
