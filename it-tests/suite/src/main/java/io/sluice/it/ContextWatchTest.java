package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.ContextReloaded;
import io.sluice.context.SslContext;
import io.sluice.context.SslContexts;
import io.sluice.context.callback.PasswordCallback;
import io.sluice.context.callback.PasswordRequest;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.EventLog;
import io.sluice.it.support.Feature;
import io.sluice.it.support.RotatedFiles;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The watch of an application: when it begins, what it looks at, with which class loader, and that nothing of it remains. */
@Feature("automatic reload")
class ContextWatchTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final EventLog SEEN = new EventLog();

    @TempDir
    Path directory;

    private RotatedFiles web;

    @ApplicationScoped
    public static class Observing {
        void reloaded(@Observes ContextReloaded event) {
            SEEN.add(event.context(), event);
        }
    }

    @ApplicationScoped
    public static class ObjectsToTheStart {
        void object(@Observes @Initialized(ApplicationScoped.class) Object event) {
            throw new IllegalStateException("for the test");
        }
    }

    public static class ObjectingExtension implements Extension {
        void object(@Observes AfterDeploymentValidation event) {
            event.addDeploymentProblem(new IllegalStateException("for the test"));
        }
    }

    @ApplicationScoped
    @SslContext("web")
    public static class Passwords implements PasswordCallback {
        @Override
        public char[] password(PasswordRequest request) {
            return "changeit".toCharArray();
        }
    }

    @Dependent
    public static class OwnContext {
        @Produces
        @SslContext("own")
        SSLContext own() {
            return AUTHORITY.issue("own").context();
        }
    }

    @BeforeEach
    void write() throws Exception {
        SEEN.clear();
        web = RotatedFiles.of(AUTHORITY, directory, "web", "first");
    }

    private static List<Thread> watching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("sluice-context-watch"))
                .toList();
    }

    private static void awaitNoThread() {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> watching().isEmpty());
    }

    /** A thread starts with the first look. */
    private static Thread awaitOneThread() {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !watching().isEmpty());
        assertThat(watching()).hasSize(1);
        return watching().get(0);
    }

    private static Map<String, String> inline(String context) {
        TestChain chain = AUTHORITY.issue(context);
        return Map.of(
                "sluice.ssl." + context + ".key-store.pem.0.cert", chain.pem(),
                "sluice.ssl." + context + ".key-store.pem.0.key", chain.keyPem(),
                "sluice.ssl." + context + ".trust-store.pem.certs", AUTHORITY.pem());
    }

    /** There is nothing to look at: no file, and no validity that anyone wants to be warned of. */
    @Test
    void applicationWithNothingToWatchHasNoThread() throws Exception {
        try (Application application = Application.configured("sluice.ssl.web.expiry-warning", "off")
                .with(inline("web"))
                .beans(Observing.class)
                .start()) {
            application.get(SslContexts.class).get("web").sslContext();
            application.get(SslContexts.class).reload("web");

            assertThat(watching()).isEmpty();
            assertThat(application.get(SslContexts.class).describe("web").nextLook())
                    .isEmpty();
        }
    }

    @Test
    void reloadPeriodOffLeavesFilesAlone() throws Exception {
        try (Application application = Application.configured()
                .with(web.properties())
                .with("sluice.ssl.web.reload-period", "off", "sluice.ssl.web.expiry-warning", "off")
                .start()) {
            web.replace("second");

            assertThat(watching()).isEmpty();
            assertThat(application.get(SslContexts.class).describe("web").nextLook())
                    .isEmpty();
            application.get(SslContexts.class).reload("web");
            assertThat(application.get(SslContexts.class).describe("web").generation())
                    .as("reloads from code still work")
                    .isEqualTo(2);
        }
    }

    @Test
    void oneThreadServesAllContextsAndEndsWithTheApplication() throws Exception {
        Map<String, String> properties = new HashMap<>();
        List<RotatedFiles> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            RotatedFiles files = RotatedFiles.of(AUTHORITY, directory, "many" + i, "first");
            all.add(files);
            properties.putAll(files.properties());
        }
        Thread thread;
        try (Application application =
                Application.configured().with(properties).beans(Observing.class).start()) {
            thread = awaitOneThread();
            assertThat(thread.isDaemon()).isTrue();
            for (RotatedFiles files : all) {
                files.replace("second");
            }
            for (RotatedFiles files : all) {
                SEEN.await(files.context(), ContextReloaded.class, 1);
            }
            assertThat(watching()).containsExactly(thread);
            assertThat(application.container().isRunning()).isTrue();
        }
        thread.join(TimeUnit.SECONDS.toMillis(5));
        assertThat(thread.isAlive()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void deploymentThatFailsStartsNoThread(boolean atValidation) {
        Application.Builder application = Application.configured().with(web.properties());
        if (atValidation) {
            application.extensions(new ObjectingExtension());
        } else {
            application.beans(ObjectsToTheStart.class);
        }
        assertThat(catchThrowable(() -> application.start().close())).isNotNull();
        assertThat(watching()).isEmpty();
    }

    @Test
    void redeploymentsLeaveNoThreadAndNoClassLoader() throws Exception {
        List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (Application application = Application.configured()
                    .with(web.properties())
                    .with("sluice.ssl.web.reload-period", "10ms")
                    .beans(Observing.class)
                    .start()) {
                loaders.add(new WeakReference<>(Thread.currentThread().getContextClassLoader()));
                awaitOneThread();
                application.get(SslContexts.class).reload("web");
            }
            awaitNoThread();
        }
        SEEN.clear();
        // What runs in this JVM may remember the last one.
        Application.configured().start().close();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return loaders.stream().filter(loader -> loader.get() != null).count() <= 1;
        });
    }

    /** A context with callbacks is loaded at its first use, here on a thread that is not the application's. */
    @Test
    void contextThatIsLoadedLaterIsWatchedFromThenOnWithTheClassLoaderOfTheApplication() throws Exception {
        ExecutorService foreign = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "foreign");
            thread.setContextClassLoader(null);
            return thread;
        });
        try (Application application = Application.configured()
                .with(web.properties())
                .beans(Passwords.class, Observing.class)
                .start()) {
            assertThat(watching()).isEmpty();
            SslContexts contexts = application.get(SslContexts.class);
            assertThat(contexts.describe("web").generation()).isZero();

            foreign.submit(() -> contexts.get("web").parameters()).get(20, TimeUnit.SECONDS);
            Thread thread = awaitOneThread();
            web.replace("second");

            SEEN.await("web", ContextReloaded.class, 1);
            assertThat(thread.getContextClassLoader())
                    .isSameAs(Thread.currentThread().getContextClassLoader());
            assertThat(SEEN.all())
                    .extracting(EventLog.Seen::loader)
                    .containsOnly(Thread.currentThread().getContextClassLoader());
        } finally {
            foreign.shutdown();
        }
    }

    /** As a source that reads a resource: what it answers depends on the class loader of the thread that asks. */
    private static final class OfClassPath implements ConfigSource {

        private final Map<String, String> properties;
        private final ClassLoader outside = Thread.currentThread().getContextClassLoader();
        private final List<String> misled = new CopyOnWriteArrayList<>();

        OfClassPath(Map<String, String> properties) {
            this.properties = properties;
        }

        @Override
        public Set<String> getPropertyNames() {
            return properties.keySet();
        }

        /** Answers only threads whose class loader is below that of the test. */
        @Override
        public String getValue(String property) {
            ClassLoader asking = Thread.currentThread().getContextClassLoader();
            if (asking != null && asking.getParent() == outside) {
                return properties.get(property);
            }
            misled.add(Thread.currentThread().getName());
            return null;
        }

        @Override
        public String getName() {
            return "the class path";
        }
    }

    @Test
    void looksAndReloadsReadTheConfigurationWithTheClassLoaderOfTheApplication() throws Exception {
        Map<String, String> properties = new ConcurrentHashMap<>(web.properties());
        AUTHORITY.issue("second").write(directory, "moved");
        OfClassPath source = new OfClassPath(properties);
        try (Application application =
                Application.configured().sources(source).beans(Observing.class).start()) {
            properties.put("sluice.ssl.web.key-store.pem.0.cert", directory + "/moved.crt");
            properties.put("sluice.ssl.web.key-store.pem.0.key", directory + "/moved.key");

            ContextReloaded reloaded = SEEN.await("web", ContextReloaded.class, 1);
            assertThat(reloaded.after().keys().get(0).chain().get(0).subject()).isEqualTo("CN=second");
            assertThat(source.misled).isEmpty();
            assertThat(application.container().isRunning()).isTrue();
        }
    }

    @Test
    void twoApplicationsDoNotMix() throws Exception {
        RotatedFiles second =
                RotatedFiles.of(AUTHORITY, Files.createDirectory(directory.resolve("second")), "web", "b");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (Application first = Application.configured()
                .with(web.properties())
                .beans(Observing.class)
                .start()) {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            Application beside = other.submit(() -> Application.configured()
                            .with(second.properties())
                            .beans(Observing.class)
                            .start())
                    .get(30, TimeUnit.SECONDS);
            Awaitility.await().until(() -> watching().size() == 2);

            web.replace("c");
            web.await(first, 2);
            assertThat(beside.get(SslContexts.class).describe("web").generation())
                    .isEqualTo(1);
            assertThat(SEEN.await("web", ContextReloaded.class, 1)).isNotNull();
            assertThat(SEEN.all()).extracting(EventLog.Seen::loader).containsOnly(loader);

            other.submit(beside::close).get(30, TimeUnit.SECONDS);
            Awaitility.await().until(() -> watching().size() == 1);
            web.replace("d");
            web.await(first, 3);
        } finally {
            other.shutdown();
        }
        awaitNoThread();
    }

    private static String period(String context) {
        return "sluice.ssl." + context + ".reload-period";
    }

    static Stream<Arguments> unwatchable() {
        return Stream.of(
                Arguments.of("inline", inline("inline"), "context 'inline' reads no file that could be watched"),
                Arguments.of("own", Map.of("sluice.ssl.own.alpn", "h2"), "context 'own' is the application's own"),
                Arguments.of(
                        "managed",
                        Map.of("sluice.ssl.managed.managed.jndi", "java:comp/env/none"),
                        "the server manages context 'managed'"),
                Arguments.of("default", Map.of(), "context 'default'"),
                Arguments.of("none", Map.of(), "none"));
    }

    /** It is reported together with the other problems. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unwatchable")
    void periodOfAContextWithNothingToWatchIsAProblem(String context, Map<String, String> properties, String words) {
        assertThatThrownBy(() -> Application.configured(
                                period(context), "1m", "sluice.ssl.web.key-store.pem.0.cert", "nowhere.pem")
                        .with(properties)
                        .beans(OwnContext.class)
                        .start()
                        .close())
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown -> assertThat(DeploymentMessages.by(thrown).lines())
                        .anySatisfy(line -> assertThat(line).contains(period(context), words))
                        .anySatisfy(line -> assertThat(line).contains("the certificate has no key")));
    }
}
