package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.stream.SocketStream;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contexts that are loaded again while connections are open. */
class RotationTest {

    /** A context for each side, of two named contexts. */
    private static final int CONTEXTS = 4;

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");

    @TempDir
    Path directory;

    @AfterEach
    void nothingIsLeft() {
        TestContexts.assertNothingIsLeft();
    }

    private Application start() throws Exception {
        AUTHORITY.issue("localhost").write(directory, "server");
        Files.writeString(directory.resolve("trust.pem"), AUTHORITY.pem());
        return TestContexts.of(AUTHORITY)
                .with("web.key-store.pem.0.cert", directory + "/server.crt")
                .with("web.key-store.pem.0.key", directory + "/server.key")
                .with("web.trust-store.pem.certs", directory + "/trust.pem")
                .with("web.reload-period", "off")
                .start();
    }

    private static String serial(HandshakePair met) throws Exception {
        return met.client()
                .orElseThrow()
                .tls()
                .orElseThrow()
                .peerCertificates()
                .get(0)
                .getSerialNumber()
                .toString();
    }

    private static void exchange(HandshakePair met) throws Exception {
        SocketStream client = met.client().orElseThrow();
        client.output().write('x');
        client.output().flush();
        assertThat(met.server().orElseThrow().input().read()).isEqualTo('x');
    }

    @Test
    void newKeysAreUsedWithTheSameNativeContext() throws Exception {
        try (Application application = start();
                HandshakePair before = HandshakePair.of(application, "web", "peer")) {
            assertThat(LiveObjects.CONTEXTS).hasValue(CONTEXTS);
            AUTHORITY.issue("localhost").write(directory, "server");
            application.get(SslContexts.class).reload("web");
            try (HandshakePair after = HandshakePair.of(application, "web", "peer")) {
                assertThat(serial(after)).isNotEqualTo(serial(before));
                assertThat(LiveObjects.CONTEXTS).hasValue(CONTEXTS);
                assertThat(after.server().orElseThrow().tls().orElseThrow().generation())
                        .isEqualTo(2);
                exchange(before);
                exchange(after);
            }
        }
    }

    @Test
    void keyThatBoringSslCannotUseIsRefused() throws Exception {
        try (Application application = start();
                HandshakePair before = HandshakePair.of(application, "web", "peer")) {
            AUTHORITY
                    .issue(CertificateProfile.of("localhost").keyAlgorithm(KeyAlgorithm.ED25519))
                    .write(directory, "server");
            assertThatThrownBy(() -> application.get(SslContexts.class).reload("web"))
                    .hasMessageContaining("no handshake can be completed with its keys and boringssl");
            try (HandshakePair after = HandshakePair.of(application, "web", "peer")) {
                assertThat(serial(after)).isEqualTo(serial(before));
            }
        }
    }

    @Test
    void contextOfAnOldTrustEndsWithItsLastConnection() throws Exception {
        try (Application application = start()) {
            try (HandshakePair before = HandshakePair.of(application, "web", "peer")) {
                Files.writeString(
                        directory.resolve("trust.pem"),
                        AUTHORITY.pem() + TestAuthority.create("another").pem());
                application.get(SslContexts.class).reload("web");
                assertThat(LiveObjects.CONTEXTS).hasValue(CONTEXTS + 2);
                exchange(before);
            }
            assertThat(LiveObjects.CONTEXTS).hasValue(CONTEXTS);
        }
    }

    @Test
    void contextThatNobodyUsesEndsAtTheReload() throws Exception {
        try (Application application = start()) {
            application.get(SslContexts.class).reload("web");
            Files.writeString(
                    directory.resolve("trust.pem"),
                    AUTHORITY.pem() + TestAuthority.create("another").pem());
            application.get(SslContexts.class).reload("web");
            assertThat(LiveObjects.CONTEXTS).hasValue(CONTEXTS);
        }
    }
}
