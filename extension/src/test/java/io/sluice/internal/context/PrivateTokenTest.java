package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.internal.token.TokenSignatures;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in a token of SoftHSM, through a provider that only their context has. SoftHSM finds its tokens by a variable of its JVM. */
class PrivateTokenTest {
    private static final String PIN = "12345678";

    @TempDir
    Path directory;

    private Path softHsm;
    private String inline;
    private Path configuration;
    private Path pin;

    @BeforeEach
    void makeToken() throws Exception {
        Optional<Path> library = Stream.of(
                        "/usr/lib/softhsm/libsofthsm2.so",
                        "/usr/lib64/pkcs11/libsofthsm2.so",
                        "/usr/lib64/softhsm/libsofthsm2.so",
                        "/usr/local/lib/softhsm/libsofthsm2.so",
                        "/opt/homebrew/lib/softhsm/libsofthsm2.so")
                .map(Path::of)
                .filter(Files::exists)
                .findFirst();
        assumeTrue(library.isPresent(), "SoftHSM is not installed: this test needs its token");
        Path tokens = Files.createDirectory(directory.resolve("tokens"));
        softHsm = Files.writeString(directory.resolve("softhsm.conf"), "directories.tokendir = " + tokens + "\n");
        inline = "name = Sluice\nlibrary = " + library.get() + "\nslotListIndex = 0\n";
        configuration = Files.writeString(directory.resolve("pkcs11.cfg"), inline);
        pin = Files.writeString(directory.resolve("pin"), PIN + "\n");
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
    }

    private String run(Class<?> main) throws Exception {
        return ChildJvm.of(main)
                .environment("SOFTHSM2_CONF", softHsm.toString())
                .run(configuration.toString(), inline, pin.toString());
    }

    /** Stores keys in the token, and returns the authority that issued their certificates. */
    private static TestAuthority store(String configuration) throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        Provider provider = Security.getProvider("SunPKCS11").configure(configuration);
        KeyStore token = KeyStore.getInstance("PKCS11", provider);
        token.load(null, PIN.toCharArray());
        for (KeyAlgorithm algorithm : List.of(KeyAlgorithm.EC, KeyAlgorithm.RSA)) {
            TestChain chain = authority.issue(CertificateProfile.of("localhost").keyAlgorithm(algorithm));
            token.setKeyEntry(algorithm.name(), chain.leaf().key(), null, new Certificate[] {
                chain.leaf().certificate(), authority.certificate()
            });
        }
        return authority;
    }

    private static List<String> of(String group, String configuration, String pin, String alias) {
        String other = group + ".other.";
        return List.of(
                other + "type",
                "PKCS11",
                other + "provider-config",
                configuration,
                other + "password-file",
                pin,
                other + "alias",
                alias);
    }

    private static ReloadableContext context(String protocol, List<String> store, String... more) {
        List<String> all = new ArrayList<>(store);
        all.addAll(List.of("protocols", protocol));
        all.addAll(List.of(more));
        return NamedContexts.web(all.toArray(String[]::new));
    }

    private static String meet(ReloadableContext server, ReloadableContext client) throws Exception {
        SSLEngine serving = server.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
        SSLEngine asking = client.engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));
        Engines.handshake(asking, serving);
        return asking.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm() + " for "
                + serving.getSession().getPeerCertificates()[0].getPublicKey().getAlgorithm();
    }

    /** Prints what each side of some handshakes shows, and the providers that are registered for it. */
    static final class Meetings {
        private static final Logger LOG = Logger.getLogger("io.sluice");

        private Meetings() {}

        public static void main(String[] arguments) throws Exception {
            LOG.setLevel(Level.WARNING);
            TestAuthority authority = store(arguments[0]);
            List<String> before = names();
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                for (String alias : List.of("EC", "RSA")) {
                    ReloadableContext server = context(
                            protocol,
                            of("key-store", arguments[0], arguments[2], alias),
                            "trust-store.pem.certs",
                            authority.pem(),
                            "client-auth",
                            "need");
                    String other = alias.equals("EC") ? "RSA" : "EC";
                    System.out.println(protocol + " " + meet(server, client(protocol, other, authority, arguments)));
                    server.reload();
                    TokenSignatures.remove();
                    System.out.println(protocol + " " + meet(server, client(protocol, other, authority, arguments)));
                }
            }
            ReloadableContext trusting =
                    context("TLSv1.3", of("trust-store", arguments[1], arguments[2], "EC"), "close-timeout", "1s");
            System.out.println("trusts " + trusting.load().issuers());
            List<String> registered = names();
            registered.removeAll(before);
            TokenSignatures.remove();
            System.out.println("registered " + registered + ", then " + (names().equals(before) ? "none" : "others"));
        }

        /** A new client, which has no session to resume. */
        private static ReloadableContext client(
                String protocol, String alias, TestAuthority authority, String... arguments) {
            return context(
                    protocol,
                    of("client-key-store", arguments[1], arguments[2], alias),
                    "trust-store.pem.certs",
                    authority.pem());
        }

        private static List<String> names() {
            return Arrays.stream(Security.getProviders())
                    .map(Provider::getName)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    @Test
    void keysOfATokenServeAndConnect() throws Exception {
        assertThat(run(Meetings.class)).isEqualTo("""
                TLSv1.3 EC for RSA
                TLSv1.3 EC for RSA
                TLSv1.3 RSA for EC
                TLSv1.3 RSA for EC
                TLSv1.2 EC for RSA
                TLSv1.2 EC for RSA
                TLSv1.2 RSA for EC
                TLSv1.2 RSA for EC
                trusts [CN=localhost]
                registered [SluiceTokens], then none
                """);
    }

    /** Prints the problems of a context whose PIN is wrong. */
    static final class WrongPin {
        private WrongPin() {}

        public static void main(String[] arguments) throws Exception {
            List<String> properties = new ArrayList<>(of("key-store", arguments[1], arguments[2], "EC"));
            properties.set(4, "key-store.other.password");
            properties.set(5, "87654321");
            try {
                context("TLSv1.3", properties).load();
            } catch (SslContextException e) {
                e.problems().forEach(System.out::println);
            }
        }
    }

    @Test
    void wrongPinIsAProblemOfThePassword() throws Exception {
        assertThat(run(WrongPin.class))
                .isEqualTo("sluice.ssl.web.key-store.other.password (from"
                        + " PropertiesConfigSource[source=application.properties]): the password does not open the store"
                        + " that sluice.ssl.web.key-store.other.type names. Correct the password.\n");
    }
}
