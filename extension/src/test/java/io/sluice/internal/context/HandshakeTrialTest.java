package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loading finds exactly the settings with which no handshake can succeed. */
class HandshakeTrialTest {
    private static final String EC_SUITE = "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256";
    private static final String RSA_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    @TempDir
    Path directory;

    private String[] settings(String keys, String protocols, String suites) throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        List<String> all = new ArrayList<>(List.of("trust-store.jdk", "true"));
        for (String key : keys == null ? new String[0] : keys.split(" ")) {
            CertificateProfile profile = CertificateProfile.of("localhost")
                    .keyAlgorithm(key.startsWith("RSA") ? KeyAlgorithm.RSA : KeyAlgorithm.EC);
            profile = key.endsWith("expired") ? profile.expired() : profile;
            profile = key.endsWith("client") ? profile.forClients() : profile;
            authority.issue(profile).write(directory, key);
            all.addAll(List.of("key-store.pem." + key + ".cert", directory + "/" + key + ".crt"));
            all.addAll(List.of("key-store.pem." + key + ".key", directory + "/" + key + ".key"));
        }
        if (protocols != null) {
            all.addAll(List.of("protocols", protocols.replace(' ', ',')));
        }
        if (suites != null) {
            all.addAll(List.of("cipher-suites", suites.replace(' ', ',')));
        }
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, TLSv1.2, " + EC_SUITE,
        "EC, TLSv1.2, " + RSA_SUITE,
        "RSA,, " + EC_SUITE,
        "RSA EC, TLSv1.3, " + EC_SUITE,
        "RSA, TLSv1.3, " + RSA_SUITE,
        ", TLSv1.3, " + EC_SUITE,
        ", TLSv1.2, TLS_AES_128_GCM_SHA256"
    })
    void settingsThatCanNeverWorkAreAProblem(String keys, String protocols, String suites) throws Exception {
        ReloadableContext context = NamedContexts.web(settings(keys, protocols, suites));
        SslContextException failure = catchThrowableOfType(SslContextException.class, context::load);
        assertThat(failure.propertyProblems()).singleElement().satisfies(problem -> {
            assertThat(problem.property()).isEqualTo("sluice.ssl.web.cipher-suites");
            assertThat(problem.fault()).contains("no handshake can be completed");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "RSA,,",
        "EC,,",
        "RSA EC, TLSv1.2, " + EC_SUITE,
        "RSA EC, TLSv1.2, " + RSA_SUITE,
        "EC, TLSv1.3 TLSv1.2, " + EC_SUITE,
        "RSA, TLSv1.2, TLS_DHE_RSA_WITH_AES_128_GCM_SHA256",
        "EC-expired,,",
        "EC-client, TLSv1.2,",
        "RSA-expired, TLSv1.2,",
        "RSA-client, TLSv1.2, " + EC_SUITE,
        ", TLSv1.3,",
        ", TLSv1.2, " + RSA_SUITE
    })
    void settingsThatWorkAreNone(String keys, String protocols, String suites) throws Exception {
        ReloadableContext context =
                NamedContexts.web(settings(keys == null ? null : keys.replace("-", ""), protocols, suites));
        assertThatCode(context::load).doesNotThrowAnyException();
    }

    @Test
    void keyOfAnotherTypeThanItsCertificateIsAProblem() throws Exception {
        TestAuthority.create("authority").issue("localhost").write(directory, "EC");
        PrivateKey key =
                KeyPairGenerator.getInstance("X25519").generateKeyPair().getPrivate();
        Files.writeString(
                directory.resolve("X25519.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        ReloadableContext context = NamedContexts.web(
                "key-store.pem.0.cert", directory + "/EC.crt", "key-store.pem.0.key", directory + "/X25519.key");

        assertThat(catchThrowableOfType(SslContextException.class, context::load)
                        .propertyProblems())
                .isNotEmpty();
    }

    @Test
    void keyThatNeverServesBesideOneThatDoesIsAWarning() throws Exception {
        ContextSnapshot loaded =
                NamedContexts.web(settings("RSA EC", "TLSv1.2", EC_SUITE)).load();

        assertThat(loaded.warnings()).singleElement().satisfies(warning -> {
            assertThat(warning.property()).isEqualTo("sluice.ssl.web.cipher-suites");
            assertThat(warning.fault()).startsWith("a key can never be used by a server with these settings (RSA: ");
        });
    }
}
