package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.sluice.context.SslSide;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.internal.ChildJvm;
import io.sluice.testing.internal.SocketKind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of unchanged contexts whose cryptography is that of Amazon's provider, installed as docs/engines.md says. */
class CorrettoCryptoTest {

    private static final String UNSUPPORTED = "ACCP does not work here: ";
    private static final String CONNECTED = "connected with ";

    /** What the JDK prints when an object was initialized, so that no other provider takes its place. */
    private static final Pattern CHOICE = Pattern.compile("([A-Z][A-Za-z]+\\.[\\w/-]+),? .*algorithm from: (\\S+)$");

    /** One connection in a JVM of its own. */
    static final class Connection {

        private Connection() {}

        public static void main(String[] arguments) throws Exception {
            LogManager.getLogManager().reset();
            AmazonCorrettoCryptoProvider.install();
            Throwable error = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
            if (error != null) {
                System.out.println(UNSUPPORTED + error);
                return;
            }
            AmazonCorrettoCryptoProvider.INSTANCE.assertHealthy();
            ReloadableContext server = context("server");
            ReloadableContext client = context("client");
            try (SocketPair sockets = SocketKind.SOCKET.pair()) {
                FutureTask<TlsSession> served =
                        new FutureTask<>(() -> ConfiguredSide.talk(sockets.near(), server, SslSide.SERVER));
                new Thread(served).start();
                TlsSession asked = ConfiguredSide.talk(sockets.far(), client, SslSide.CLIENT);
                System.out.println(CONNECTED
                        + served.get(20, TimeUnit.SECONDS).protocol()
                        + ' '
                        + asked.group().orElseThrow()
                        + ' '
                        + asked.verification().result());
            }
        }

        private static ReloadableContext context(String name) {
            return new ReloadableContext(
                    new ContextName(name), ConfiguredContexts.source(SluiceConfiguration.current(), name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void exchangeOfKeysSignaturesAndRecordsAreTheProviders(String protocol, @TempDir Path directory) throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        ChildJvm jvm = ChildJvm.of(Connection.class)
                .property("java.security.debug", "provider")
                .property("jdk.tls.namedGroups", "secp256r1");
        for (String name : List.of("server", "client")) {
            authority.issue("localhost").write(directory, name);
            String prefix = "sluice.ssl." + name + ".";
            jvm.property(prefix + "key-store.pem.0.cert", directory + "/" + name + ".crt")
                    .property(prefix + "key-store.pem.0.key", directory + "/" + name + ".key")
                    .property(prefix + "trust-store.pem.certs", directory + "/" + name + ".crt")
                    .property(prefix + "client-auth", "need")
                    .property(prefix + "protocols", protocol);
        }
        String output = jvm.run();
        boolean promised = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(promised || !output.contains(UNSUPPORTED), output);

        assertThat(output).contains(CONNECTED + protocol + " secp256r1 VERIFIED");
        List<String> chosen = output.lines()
                .map(CHOICE::matcher)
                .filter(Matcher::find)
                .map(choice -> choice.group(2) + " " + choice.group(1))
                .distinct()
                .toList();
        String provider = AmazonCorrettoCryptoProvider.PROVIDER_NAME;
        assertThat(chosen)
                .contains(
                        provider + " KeyPairGenerator.EC",
                        provider + " KeyAgreement.ECDH",
                        provider + " Signature.SHA256withECDSA",
                        provider + " Cipher.AES/GCM/NoPadding")
                .doesNotContain("SunEC KeyAgreement.ECDH", "SunEC Signature.SHA256withECDSA");
    }
}
