package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContexts;
import io.sluice.it.support.Application;
import io.sluice.it.support.PeerBehaviour;
import io.sluice.jsse.NamedSslSocketFactory;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import javax.net.SocketFactory;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Socket factories that are made by the name of their class, as drivers and libraries make them. */
class NamedSocketFactoryTest {

    private static final TestAuthority ONE = TestAuthority.create("one");
    private static final TestAuthority OTHER = TestAuthority.create("other");
    private static final TestChain SERVER = ONE.issue("localhost");
    private static final TestChain OTHER_SERVER = OTHER.issue("localhost");

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();

    @TempDir
    Path directory;

    @AfterEach
    void restore() {
        Thread.currentThread().setContextClassLoader(before);
    }

    /** As the documentation shows it. */
    public static class DirectoryTls extends NamedSslSocketFactory {

        public DirectoryTls() {
            super("directory");
        }

        public static SocketFactory getDefault() {
            return new DirectoryTls();
        }
    }

    /** Lacks getDefault. */
    public static class Forgetful extends NamedSslSocketFactory {

        public Forgetful() {
            super("directory");
        }
    }

    /** How others make a factory. */
    enum Way {
        CONSTRUCTOR_WITH_NAME {
            @Override
            SSLSocketFactory make() throws ReflectiveOperationException {
                return (SSLSocketFactory) Class.forName("io.sluice.jsse.NamedSslSocketFactory")
                        .getConstructor(String.class)
                        .newInstance("directory");
            }
        },
        CONSTRUCTOR_OF_SUBCLASS {
            @Override
            SSLSocketFactory make() throws ReflectiveOperationException {
                return DirectoryTls.class.getConstructor().newInstance();
            }
        },
        STATIC_DEFAULT {
            @Override
            SSLSocketFactory make() throws ReflectiveOperationException {
                return (SSLSocketFactory)
                        DirectoryTls.class.getMethod("getDefault").invoke(null);
            }
        };

        abstract SSLSocketFactory make() throws ReflectiveOperationException;
    }

    private static Application trusting(TestAuthority trusted, Class<?>... beans) {
        return Application.configured("sluice.ssl.directory.trust-store.pem.certs", trusted.pem())
                .beans(beans)
                .start();
    }

    /** Connects to a server with a certificate, and returns the issuer that the client has verified. */
    private static String issuerSeenBy(SSLSocketFactory factory, TestChain server) throws IOException {
        return issuerSeenBy(factory, server, "localhost");
    }

    private static String issuerSeenBy(SSLSocketFactory factory, TestChain server, String host) throws IOException {
        try (SSLServerSocket listener = (SSLServerSocket)
                server.context().getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listener.setSoTimeout(10_000);
            CompletableFuture.runAsync(() -> accept(listener), PeerBehaviour.THREADS);
            try (Socket raw = new Socket(listener.getInetAddress(), listener.getLocalPort());
                    SSLSocket socket = (SSLSocket) factory.createSocket(raw, host, listener.getLocalPort(), true)) {
                socket.setSoTimeout(10_000);
                socket.startHandshake();
                return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                        .getIssuerX500Principal()
                        .getName();
            }
        }
    }

    private static void accept(SSLServerSocket listener) {
        try (SSLSocket socket = (SSLSocket) listener.accept()) {
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            socket.getInputStream().read();
        } catch (IOException e) {
            // The client reports what failed.
        }
    }

    @ParameterizedTest
    @EnumSource
    void socketsHaveTrustOfTheContextAndVerifyTheName(Way way) throws Exception {
        try (Application application = trusting(ONE)) {
            assertThat(application.container().isRunning()).isTrue();
            assertThat(issuerSeenBy(way.make(), SERVER)).isEqualTo("CN=one");
            assertThatThrownBy(() -> issuerSeenBy(way.make(), OTHER_SERVER)).isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(() -> issuerSeenBy(way.make(), SERVER, "other.example"))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("other.example");
        }
    }

    @Test
    void factoryFollowsReload() throws Exception {
        Path trusted = Files.writeString(directory.resolve("ca.pem"), ONE.pem());
        try (Application application = Application.configured(
                        "sluice.ssl.directory.trust-store.pem.certs", trusted.toString())
                .start()) {
            SSLSocketFactory factory = Way.STATIC_DEFAULT.make();
            assertThat(issuerSeenBy(factory, SERVER)).isEqualTo("CN=one");
            Files.writeString(trusted, OTHER.pem());
            application.get(SslContexts.class).reload("directory");
            assertThat(issuerSeenBy(factory, OTHER_SERVER)).isEqualTo("CN=other");
        }
    }

    @Test
    void oneInstanceServesEachApplicationWithItsOwnContext() throws Exception {
        SSLSocketFactory shared = Way.STATIC_DEFAULT.make();
        try (Application first = trusting(ONE)) {
            ClassLoader ofFirst = Thread.currentThread().getContextClassLoader();
            try (Application second = trusting(OTHER)) {
                assertThat(issuerSeenBy(shared, OTHER_SERVER)).isEqualTo("CN=other");
                assertThat(inLoader(ofFirst, () -> issuerSeenBy(shared, SERVER)))
                        .isEqualTo("CN=one");
                assertThat(inLoader(new URLClassLoader(new URL[0], ofFirst), () -> issuerSeenBy(shared, SERVER)))
                        .as("with a class loader below that of the application")
                        .isEqualTo("CN=one");
                assertThat(second.container()).isNotEqualTo(first.container());
            }
            assertThat(issuerSeenBy(shared, SERVER)).isEqualTo("CN=one");
        }
    }

    /** The class of the factory belongs to the application, too. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void threadOfNobodyUsesTheApplicationOfTheClass(boolean withLoader) throws Exception {
        try (Application application = trusting(ONE)) {
            assertThat(application.container().isRunning()).isTrue();
            ClassLoader foreign = withLoader ? ClassLoader.getPlatformClassLoader() : null;
            assertThat(inLoader(foreign, () -> issuerSeenBy(Way.STATIC_DEFAULT.make(), SERVER)))
                    .isEqualTo("CN=one");
        }
    }

    @ApplicationScoped
    public static class ConnectsAtStart {

        void connect(@Observes @Initialized(ApplicationScoped.class) Object event) throws Exception {
            issuerSeenBy(Way.STATIC_DEFAULT.make(), SERVER);
        }
    }

    @Test
    void applicationMayConnectWhileItStarts() {
        try (Application application = trusting(ONE, ConnectsAtStart.class)) {
            assertThat(application.container().isRunning()).isTrue();
        }
    }

    @Test
    void applicationThatFailedToStartIsNotInTheWay() throws Exception {
        assertThatThrownBy(() -> trusting(OTHER, DeploymentLeftoversTest.ObjectsToBeInitialised.class))
                .isInstanceOf(RuntimeException.class);
        try (Application application = trusting(ONE)) {
            assertThat(application.container().isRunning()).isTrue();
            assertThat(inLoader(null, () -> issuerSeenBy(Way.STATIC_DEFAULT.make(), SERVER)))
                    .isEqualTo("CN=one");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", textBlock = """
            null      | without the name of a context. With pgjdbc, set sslfactoryarg to the name
            ''        | without the name of a context. With pgjdbc, set sslfactoryarg to the name
            directori | there is no context 'directori' (did you mean directory?). Configure it under sluice.ssl.directori
            Directory | 'Directory' cannot be the name of a context (did you mean directory?)
            none      | context 'none' is plaintext and has no SSLSocketFactory. Name another context for TLS
            """)
    void nameThatDoesNotFitIsReportedByEachMethod(@Nullable String name, String expected) throws Exception {
        try (Application application = trusting(ONE)) {
            assertThat(application.container().isRunning()).isTrue();
            SSLSocketFactory factory = new NamedSslSocketFactory(name);
            assertThatThrownBy(factory::createSocket)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(expected);
            assertThatThrownBy(() -> factory.createSocket("localhost", 1))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(expected);
            assertThatThrownBy(factory::getDefaultCipherSuites)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(expected);
        }
    }

    @Test
    void withoutAnApplicationTheMessageNamesClassAndThread() throws Exception {
        SSLSocketFactory factory = Way.STATIC_DEFAULT.make();
        assertThatThrownBy(factory::createSocket)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(DirectoryTls.class.getName()
                        + ": no application with Sluice is running with the class loader of this thread ('"
                        + Thread.currentThread().getName() + "', ")
                .hasMessageEndingWith("Use the class while the application runs, on one of its threads");
        trusting(ONE).close();
        assertThatThrownBy(factory::createSocket).hasMessageContaining("no application with Sluice is running");
    }

    @Test
    void twoApplicationsWithOneClassLoaderAreTooMany() throws Exception {
        try (Application first = trusting(ONE);
                Application second = trusting(OTHER)) {
            assertThat(first.container()).isNotEqualTo(second.container());
            assertThatThrownBy(() -> inLoader(before, () -> issuerSeenBy(Way.STATIC_DEFAULT.make(), SERVER)))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("2 applications are running with the same class loader")
                    .hasMessageEndingWith("Inject the SSLSocketFactory and pass it as an object");
        }
    }

    /** Otherwise the method of SSLSocketFactory would return a factory with the trust of the JDK. */
    @ParameterizedTest
    @ValueSource(classes = {Forgetful.class, NamedSslSocketFactory.class})
    void classWithoutItsOwnDefaultIsRefused(Class<?> type) {
        assertThatThrownBy(() -> type.getMethod("getDefault").invoke(null))
                .isInstanceOf(InvocationTargetException.class)
                .cause()
                .hasMessageStartingWith("this class does not name a context. Write a public subclass of"
                        + " io.sluice.jsse.NamedSslSocketFactory with a public static method getDefault()");
    }

    @Test
    void suitesAreThoseOfTheContext() {
        try (Application application = Application.configured(
                        "sluice.ssl.directory.cipher-suites",
                        "TLS_AES_128_GCM_SHA256",
                        "sluice.ssl.directory.trust-store.pem.certs",
                        ONE.pem())
                .start()) {
            SSLSocketFactory factory = new NamedSslSocketFactory("directory");
            assertThat(factory.getDefaultCipherSuites()).containsExactly("TLS_AES_128_GCM_SHA256");
            assertThat(Arrays.asList(factory.getSupportedCipherSuites())).contains("TLS_AES_256_GCM_SHA384");
            assertThat(factory).hasToString("io.sluice.jsse.NamedSslSocketFactory[directory]");
            assertThat(application.container().isRunning()).isTrue();
        }
    }

    private interface Work {
        String run() throws Exception;
    }

    private static String inLoader(@Nullable ClassLoader loader, Work work) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return work.run();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
