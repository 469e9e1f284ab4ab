package io.sluice.internal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.sluice.internal.cli.Cli.Result;
import io.sluice.internal.cli.devcert.DevelopmentAuthority.Identity;
import io.sluice.internal.cli.devcert.DevelopmentFiles;
import io.sluice.testing.internal.ProcessPeer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sluice dev-cert}, judged by openssl and by handshakes. */
class DevCertCommandTest {

    @TempDir
    private Path directory;

    private final char[] password = DevelopmentFiles.TRUST_STORE_PASSWORD.toCharArray();

    private Result devCert(String... more) throws Exception {
        return Cli.in(directory)
                .run(Stream.concat(Stream.of("dev-cert"), Stream.of(more)).toArray(String[]::new));
    }

    private DevelopmentFiles files() {
        return new DevelopmentFiles(directory.resolve("dev-certs"));
    }

    private String openssl(String... arguments) throws Exception {
        try (ProcessPeer openssl = ProcessPeer.start(
                Stream.concat(Stream.of("openssl"), Stream.of(arguments)).toArray(String[]::new))) {
            return openssl.awaitEnd();
        }
    }

    @Test
    void opensslVerifiesTheCertificates() throws Exception {
        assertThat(devCert("--client", "device-7").exitCode()).isZero();
        String authority = files().authority().certificate().toString();
        String server = files().server().certificate().toString();
        String client = files().client().certificate().toString();

        for (String host : new String[] {"-verify_hostname localhost", "-verify_ip 127.0.0.1", "-verify_ip ::1"}) {
            String[] option = host.split(" ");
            assertThat(openssl(
                            "verify",
                            "-x509_strict",
                            "-CAfile",
                            authority,
                            "-purpose",
                            "sslserver",
                            option[0],
                            option[1],
                            server))
                    .endsWith("OK\n");
        }
        assertThat(openssl("verify", "-x509_strict", "-CAfile", authority, "-purpose", "sslclient", client))
                .endsWith("OK\n");
        assertThat(openssl("verify", "-CAfile", authority, "-purpose", "sslclient", server))
                .doesNotEndWith("OK\n");
        assertThat(openssl(
                        "pkey",
                        "-check",
                        "-noout",
                        "-in",
                        files().server().key().toString()))
                .contains("valid");
        assertThat(openssl("x509", "-noout", "-ext", "basicConstraints", "-in", authority))
                .contains("critical")
                .contains("CA:TRUE, pathlen:0");
    }

    @Test
    void contextDevConnectsToAServerWithTheseFiles() throws Exception {
        devCert("--client", "device-7");
        try (TlsServer server = TlsServer.start(serverContext(), listener -> listener.setNeedClientAuth(true))) {
            Result probed = Cli.in(directory)
                    .run("probe", server.address(), "--context", "dev", "--config", "dev-certs/dev.properties");

            assertThat(probed.output()).startsWith("connected:").contains("CN=device-7");
            assertThat(probed.exitCode()).isZero();
        }
    }

    /** The server's key, and trust in the authority from the store that is for Java's own properties. */
    private SSLContext serverContext() throws Exception {
        Identity identity = files().server().read();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("server", identity.key(), password, new X509Certificate[] {identity.certificate()});
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, password);
        KeyStore trust = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(files().trustStore())) {
            trust.load(in, password);
        }
        TrustManagerFactory trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trust);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return context;
    }

    @Test
    void aSecondRunKeepsTheAuthorityAndReplacesOnlyByForce() throws Exception {
        devCert();
        String authority = Files.readString(files().authority().certificate());
        String server = Files.readString(files().server().certificate());

        Result refused = devCert("example.test");
        Result forced = devCert("example.test", "--force");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.errors()).contains("--force");
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.output()).startsWith("known authority:").contains("example.test");
        assertThat(files().authority().certificate()).hasContent(authority);
        assertThat(Files.readString(files().server().certificate())).isNotEqualTo(server);
    }

    @Test
    void onlyTheOwnerReadsKeysAndNoKeyIsPrinted() throws Exception {
        Result text = devCert("--client", "device-7");
        Result json = devCert("--client", "device-7", "--force", "--json");

        for (Path key : new Path[] {
            files().authority().key(), files().server().key(), files().client().key()
        }) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                    .isEqualTo("rw-------");
            String secret = Files.readString(key).lines().skip(1).findFirst().orElseThrow();
            assertThat(text.output() + json.output()).doesNotContain(secret).doesNotContain("PRIVATE KEY");
        }
    }

    @Test
    void instructionsNameTheFilesForSystemsBrowsersAndJava() throws Exception {
        JsonObject json = devCert("--json").json();

        assertThat(json.getAsJsonArray("trust"))
                .map(step -> step.getAsJsonObject().get("whom").getAsString())
                .contains("Debian, Ubuntu", "macOS", "Windows", "Firefox", "Java");
        assertThat(json.getAsJsonArray("trust"))
                .map(step -> step.getAsJsonObject().get("step").getAsString())
                .allMatch(step -> step.contains("dev-certs/authority."));
        assertThat(json.getAsJsonObject("server").getAsJsonArray("names")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a host", "999.1.1.1", "-x.test", "a..b"})
    void aWrongNameIsRefusedBeforeAnythingIsWritten(String name) throws Exception {
        Result result = devCert("--", name);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.errors()).contains("is neither a host name nor an IP address");
        assertThat(files().directory()).doesNotExist();
    }

    @Test
    void aDamagedAuthorityIsNotReplaced() throws Exception {
        devCert();
        Files.writeString(files().authority().key(), "damaged");

        Result result = devCert("--force");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors()).contains("--dir");
        assertThat(files().authority().key()).hasContent("damaged");
    }
}
