package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without Bouncy Castle, key stores and PEM trust work; the problem of a PEM key names the missing dependency. */
class AbsentBouncyCastleTest {
    private static final String P = "sluice.ssl.web.";

    @TempDir
    Path directory;

    /** Prints whether the context from the system properties can serve. */
    static final class Serve {
        private Serve() {}

        public static void main(String[] arguments) throws Exception {
            try {
                new ReloadableContext(
                                new ContextName("web"),
                                ConfiguredContexts.source(
                                        io.sluice.internal.config.SluiceConfiguration.current(), "web"))
                        .engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
                System.out.println("serves");
            } catch (SslContextException e) {
                System.out.println(e.getMessage());
            }
            System.out.println("BouncyCastle is registered: " + (java.security.Security.getProvider("BC") != null));
        }
    }

    @BeforeEach
    void writeFiles() throws Exception {
        TestAuthority authority = TestAuthority.create("authority");
        TestChain chain = authority.issue("localhost");
        chain.write(directory, "a");
        TestChain.writeKeyStore(chain.keyStore("PKCS12", "a", "changeit"), "changeit", directory.resolve("a.p12"));
        Files.writeString(directory.resolve("trust.pem"), authority.pem());
    }

    private ChildJvm withPemKey() {
        return ChildJvm.of(Serve.class)
                .property(P + "key-store.pem.0.cert", directory + "/a.crt")
                .property(P + "key-store.pem.0.key", directory + "/a.key");
    }

    @Test
    void storesAndPemTrustWork() throws Exception {
        String output = ChildJvm.of(Serve.class)
                .without("bouncycastle")
                .property(P + "key-store.p12.path", directory + "/a.p12")
                .property(P + "key-store.p12.password", "changeit")
                .property(P + "trust-store.pem.certs", directory + "/trust.pem")
                .run();

        assertThat(output).isEqualTo("serves\nBouncyCastle is registered: false\n");
    }

    @Test
    void pemKeySaysWhatToAdd() throws Exception {
        assertThat(withPemKey().without("bouncycastle").run())
                .isEqualTo("context 'web' cannot be loaded: sluice.ssl.web.key-store.pem.0.key"
                        + " (from SysPropConfigSource): private keys as PEM need BouncyCastle,"
                        + " which is not on the class path."
                        + " Add the dependency org.bouncycastle:bcpkix-jdk18on, or keep the key in a PKCS12 store.\n"
                        + "BouncyCastle is registered: false\n");
    }

    @Test
    void pemKeyWithBouncyCastleRegistersNoProvider() throws Exception {
        assertThat(withPemKey().run()).isEqualTo("serves\nBouncyCastle is registered: false\n");
    }
}
