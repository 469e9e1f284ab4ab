package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ChildJvm;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The JDK's default keys from system properties, each case in a separate JVM. */
@Isolated
class JdkKeysTest {
    @TempDir
    Path directory;

    /** Prints the results of the server sides of the default and of a protocol. */
    static final class Serve {
        private Serve() {}

        public static void main(String[] arguments) throws Exception {
            if (arguments.length > 0) {
                SSLContext.setDefault(TestCertificate.ec("localhost").context());
            }
            for (SslContextSpecifier specifier :
                    List.of(SslContextSpecifier.defaults(), SslContextSpecifier.protocol("TLSv1.3"))) {
                try {
                    specifier.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
                    System.out.println(specifier.description() + " can serve");
                } catch (SslContextException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }

    private String storePath() {
        TestChain chain = TestAuthority.create("authority").issue("localhost");
        return TestChain.writeKeyStore(
                        chain.keyStore("PKCS12", "a", "changeit"), "changeit", directory.resolve("a.p12"))
                .toString();
    }

    @Test
    void defaultsServeWithTheKeyThatThePropertiesName() throws Exception {
        String output = ChildJvm.of(Serve.class)
                .property("javax.net.ssl.keyStore", storePath())
                .property("javax.net.ssl.keyStorePassword", "changeit")
                .run();

        assertThat(output).isEqualTo("the JDK's default context can serve\nthe TLSv1.3 context can serve\n");
    }

    @Test
    void defaultsServeWithTheContextThatTheApplicationMadeTheDefault() throws Exception {
        String output = ChildJvm.of(Serve.class).run("with a default of its own");

        assertThat(output)
                .startsWith("the JDK's default context can serve\n"
                        + "the TLSv1.3 context has no key, so it cannot be the server side:");
    }

    /** Uses a default context as a server, replaces it, and prints whether the first one can be garbage-collected. */
    static final class Forget {
        private Forget() {}

        public static void main(String[] arguments) throws Exception {
            WeakReference<SSLContext> served = serve();
            SSLContext.setDefault(TestCertificate.ec("localhost").context());
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!served.refersTo(null) && System.nanoTime() < deadline) {
                System.gc();
                Thread.onSpinWait();
            }
            System.out.println(served.refersTo(null) ? "collected" : "kept");
        }

        private static WeakReference<SSLContext> serve() throws Exception {
            SSLContext own = TestCertificate.ec("localhost").context();
            SSLContext.setDefault(own);
            SslContextSpecifier.defaults().engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
            return new WeakReference<>(own);
        }
    }

    @Test
    void defaultsDoNotKeepAContextThatIsTheDefaultNoLonger() throws Exception {
        assertThat(ChildJvm.of(Forget.class).run()).isEqualTo("collected\n");
    }

    @Test
    void defaultsWithAWrongPasswordSayWhichProperties() throws Exception {
        String output = ChildJvm.of(Serve.class)
                .property("javax.net.ssl.keyStore", storePath())
                .property("javax.net.ssl.keyStorePassword", "wrong-Pa55word")
                .run();

        assertThat(output)
                .contains("the JDK's default context cannot be made: ")
                .contains(". Check the system properties javax.net.ssl.keyStore and javax.net.ssl.trustStore\n")
                .contains("the JDK's default keys cannot be read: ")
                .contains(". Check the system properties javax.net.ssl.keyStore, keyStorePassword and keyStoreType\n")
                .doesNotContain("wrong-Pa55word");
    }
}
