package io.sluice.internal.boringssl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.it.support.Application;
import io.sluice.it.support.HandshakePair;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.KeyAlgorithm;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.ProcessPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a token of SoftHSM, which BoringSSL cannot have. SoftHSM finds its tokens by a variable of its JVM. */
class TokenKeyTest {

    private static final String PIN = "12345678";

    @TempDir
    Path directory;

    /** Prints what each side of some handshakes shows. */
    static final class Meetings {

        private static final Logger LOG = Logger.getLogger("");

        private Meetings() {}

        public static void main(String[] arguments) throws Exception {
            LOG.setLevel(Level.WARNING);
            // New JDKs disable TLS_RSA, which would be another problem. They read this once.
            Security.setProperty("jdk.tls.disabledAlgorithms", "");
            TestAuthority authority = TestAuthority.create("authority");
            Provider provider = Security.getProvider("SunPKCS11").configure(arguments[0]);
            KeyStore token = KeyStore.getInstance("PKCS11", provider);
            token.load(null, PIN.toCharArray());
            for (KeyAlgorithm algorithm : List.of(KeyAlgorithm.EC, KeyAlgorithm.RSA)) {
                TestChain chain =
                        authority.issue(CertificateProfile.of("localhost").keyAlgorithm(algorithm));
                token.setKeyEntry(algorithm.name(), chain.leaf().key(), null, new Certificate[] {
                    chain.leaf().certificate(), authority.certificate()
                });
            }
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                meet(authority, arguments[0], protocol, "EC", "RSA");
                meet(authority, arguments[0], protocol, "RSA", "EC");
            }
            refuse(arguments[0]);
            System.out.println("left " + LiveObjects.ENGINES + " " + LiveObjects.CONTEXTS);
        }

        private static void meet(
                TestAuthority authority, String token, String protocol, String ofServer, String ofClient)
                throws Exception {
            try (Application application = Application.configured(
                                    "sluice.ssl.web.client-auth",
                                    "need",
                                    "sluice.ssl.web.trust-store.pem.certs",
                                    authority.pem(),
                                    "sluice.ssl.peer.trust-store.pem.certs",
                                    authority.pem(),
                                    "sluice.ssl.peer.hostname-verification-algorithm",
                                    "none")
                            .with(context("web", token, protocol, ofServer))
                            .with(context("peer", token, protocol, ofClient))
                            .start();
                    HandshakePair met = HandshakePair.of(application, "web", "peer")) {
                System.out.println(protocol + " " + shown(met) + " with " + LiveObjects.ENGINES + " engines");
            }
        }

        private static void refuse(String token) {
            try (Application application = Application.configured(
                            "sluice.ssl.web.cipher-suites",
                            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_GCM_SHA256")
                    .with(context("web", token, "TLSv1.2", "RSA"))
                    .start()) {
                System.out.println("left started " + application);
            } catch (RuntimeException e) {
                System.out.println(
                        "left out: "
                                + e.getMessage()
                                        .contains(
                                                "boringssl cannot use TLS_RSA_WITH_AES_128_GCM_SHA256 with a key that cannot be exported"));
            }
        }

        private static String[] context(String name, String token, String protocol, String alias) {
            String context = "sluice.ssl." + name + ".";
            return new String[] {
                context + "engine", "boringssl",
                context + "protocols", protocol,
                context + "key-store.other.type", "PKCS11",
                context + "key-store.other.provider-config", token,
                context + "key-store.other.password", PIN,
                context + "key-store.other.alias", alias
            };
        }

        private static String shown(HandshakePair met) throws Exception {
            return algorithm(met.client().orElseThrow().tls().orElseThrow().peerCertificates()) + " for "
                    + algorithm(met.server().orElseThrow().tls().orElseThrow().peerCertificates());
        }

        private static String algorithm(List<? extends Certificate> chain) {
            return chain.get(0).getPublicKey().getAlgorithm();
        }
    }

    @Test
    void keysOfATokenSignThroughTheJdk() throws Exception {
        Optional<Path> library = Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so",
                        "/usr/lib64/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst();
        assumeTrue(library.isPresent(), "SoftHSM is not installed: this test needs its token");
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        Path softHsm = Files.writeString(directory.resolve("softhsm.conf"), "directories.tokendir = " + tokens + "\n");
        Path configuration = Files.writeString(
                directory.resolve("pkcs11.cfg"), "name = Sluice\nlibrary = " + library.get() + "\nslotListIndex = 0\n");
        try (ProcessPeer util = ProcessPeer.start(
                "env",
                "SOFTHSM2_CONF=" + softHsm,
                "softhsm2-util",
                "--init-token",
                "--free",
                "--label",
                "sluice",
                "--pin",
                PIN,
                "--so-pin",
                PIN)) {
            assertThat(util.awaitEnd()).contains("has been initialized");
        }
        String output = ChildJvm.of(Meetings.class)
                .environment("SOFTHSM2_CONF", softHsm.toString())
                .run(configuration.toString());
        assertThat(output.lines()
                        .filter(line -> line.startsWith("TLS")
                                || line.startsWith("left"))) // JDK 25 warns of the native library.
                .containsExactly(
                        "TLSv1.3 EC for RSA with 2 engines",
                        "TLSv1.3 RSA for EC with 2 engines",
                        "TLSv1.2 EC for RSA with 2 engines",
                        "TLSv1.2 RSA for EC with 2 engines",
                        "left out: true",
                        "left 0 0");
    }
}
