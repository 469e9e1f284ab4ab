package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.CertificateExpiring;
import io.sluice.context.ContextReloadFailed;
import io.sluice.context.ContextReloaded;
import io.sluice.context.KeyMaterial;
import io.sluice.context.KeyMaterialSource;
import io.sluice.context.SslContext;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContexts;
import io.sluice.context.TrustMaterialSource;
import io.sluice.context.callback.VerifyCallback;
import io.sluice.it.support.Application;
import io.sluice.it.support.DeploymentMessages;
import io.sluice.it.support.EventLog;
import io.sluice.it.support.Feature;
import io.sluice.it.support.HandshakePair;
import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DeploymentException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Beans supply the keys and the trust of a context, and say when they change. */
@Feature("material from beans")
class MaterialSourceTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestAuthority STRANGER = TestAuthority.create("stranger");
    private static final String SOURCE = "PropertiesConfigSource[source=the test's properties]";
    private static final EventLog SEEN = new EventLog();
    private static final List<String> CALLS = new CopyOnWriteArrayList<>();
    private static final List<ClassLoader> LOADERS = new CopyOnWriteArrayList<>();

    private static volatile Callable<List<KeyMaterial>> keys;
    private static volatile Callable<Collection<X509Certificate>> trust;
    private static volatile Runnable keysChanged;
    private static volatile Runnable trustChanged;
    private static volatile boolean signalsAtOnce;

    @Dependent
    @SslContext("web")
    public static class Keys implements KeyMaterialSource {
        @Override
        public void onChange(Runnable changed) {
            CALLS.add("onChange");
            keysChanged = changed;
            if (signalsAtOnce) {
                changed.run();
            }
        }

        @Override
        public List<KeyMaterial> keys() throws Exception {
            CALLS.add("keys");
            LOADERS.add(Thread.currentThread().getContextClassLoader());
            return keys.call();
        }

        @PreDestroy
        void end() {
            CALLS.add("keys end");
        }
    }

    @ApplicationScoped
    @SslContext("peer")
    public static class TrustOfPeer implements TrustMaterialSource {
        @Override
        public void onChange(Runnable changed) {
            trustChanged = changed;
        }

        @Override
        public Collection<X509Certificate> certificates() throws Exception {
            return trust.call();
        }

        @PreDestroy
        void end() {
            CALLS.add("trust end");
        }
    }

    @ApplicationScoped
    public static class Observing {
        void reloaded(@Observes ContextReloaded event) {
            SEEN.add(event.context(), event);
        }

        void failed(@Observes ContextReloadFailed event) {
            SEEN.add(event.context(), event);
        }

        void expiring(@Observes CertificateExpiring event) {
            SEEN.add(event.context(), event);
        }
    }

    @ApplicationScoped
    public static class Serving {
        @SocketEndpoint(value = "web", port = 0, address = "127.0.0.1")
        void serve(SocketStream stream) {}
    }

    /** A second source of each kind. */
    @Dependent
    public static class Further {
        @Produces
        @SslContext("web")
        KeyMaterialSource moreKeys() {
            return List::of;
        }

        @Produces
        @SslContext("peer")
        TrustMaterialSource moreTrust() {
            return List::of;
        }
    }

    @Dependent
    public static class OfDefault {
        @Produces
        @SslContext
        TrustMaterialSource trust() {
            return () -> List.of(AUTHORITY.issue("x").issuer());
        }
    }

    @Dependent
    public static class OfChild {
        @Produces
        @SslContext("child")
        TrustMaterialSource trust() {
            return () -> List.of(AUTHORITY.issue("x").issuer());
        }
    }

    @Dependent
    public static class Verifying {
        @Produces
        @SslContext("checked")
        VerifyCallback verify() {
            return peer -> false;
        }
    }

    @Dependent
    public static class OfNone {
        @Produces
        @SslContext("none")
        KeyMaterialSource keys() {
            return List::of;
        }
    }

    @Dependent
    public static class OfDefaultContext {
        @Produces
        @SslContext
        SSLContext own() {
            return AUTHORITY.issue("own").context();
        }
    }

    @Dependent
    public static class OwnContext {
        @Produces
        @SslContext("web")
        SSLContext own() {
            return AUTHORITY.issue("own").context();
        }
    }

    @BeforeEach
    void reset() {
        SEEN.clear();
        CALLS.clear();
        LOADERS.clear();
        signalsAtOnce = false;
        keysChanged = null;
        trustChanged = null;
        supply(AUTHORITY.issue("first"));
        trust = () -> List.of(AUTHORITY.issue("x").issuer());
    }

    private static KeyMaterial material(String name, TestChain chain) {
        return new KeyMaterial(name, chain.leaf().key(), List.of(chain.leaf().certificate(), chain.issuer()));
    }

    private static void supply(TestChain chain) {
        keys = () -> List.of(material("only", chain));
    }

    private static Application.Builder application(Class<?>... more) {
        return Application.configured()
                .beans(Keys.class, TrustOfPeer.class, Observing.class)
                .beans(more);
    }

    private static String shownTo(HandshakePair meeting) throws Exception {
        return meeting.client()
                .orElseThrow()
                .tls()
                .orElseThrow()
                .peerPrincipal()
                .orElseThrow()
                .getName();
    }

    private static void assertShows(Application application, String subject) throws Exception {
        try (HandshakePair meeting = HandshakePair.of(application, "web", "peer")) {
            assertThat(shownTo(meeting)).isEqualTo(subject);
        }
    }

    private static String messages(Throwable thrown) {
        return DeploymentMessages.by(thrown);
    }

    @Test
    void beansAloneAreContextsWithoutAnyConfiguration() throws Exception {
        try (Application application = application(Serving.class).start()) {
            assertShows(application, "CN=first");

            SslContexts contexts = application.get(SslContexts.class);
            assertThat(contexts.names()).contains("web", "peer");
            assertThat(contexts.describe("web").keys()).singleElement().satisfies(key -> {
                assertThat(key.name()).isEqualTo("only");
                assertThat(key.chain().get(0).source()).contains(Keys.class.getName());
            });
            assertThat(contexts.describe("web").sources()).isEmpty();
            assertThat(contexts.describe("peer").trustAnchors())
                    .singleElement()
                    .satisfies(anchor -> assertThat(anchor.subject()).isEqualTo("CN=authority"));
            assertThat(CALLS).startsWith("onChange", "keys").containsOnlyOnce("onChange");
        }
        assertThat(CALLS).as("at the end").containsOnlyOnce("keys end").containsOnlyOnce("trust end");
    }

    @Test
    void configurationBesidesKeysAndTrustApplies() throws Exception {
        try (Application application = application()
                .with(
                        "sluice.ssl.web.protocols", "TLSv1.2",
                        "sluice.ssl.web.trust-store.pem.certs", AUTHORITY.pem(),
                        "sluice.ssl.web.client-auth", "want")
                .start()) {
            try (HandshakePair meeting = HandshakePair.of(application, "web", "peer")) {
                assertThat(meeting.client().orElseThrow().tls().orElseThrow().protocol())
                        .isEqualTo("TLSv1.2");
                assertThat(shownTo(meeting)).isEqualTo("CN=first");
            }
        }
    }

    @Test
    void expiryWarningAloneAppliesToKeysOfABean() throws Exception {
        try (Application application = application(Serving.class)
                .with("sluice.ssl.web.expiry-warning", "2h")
                .start()) {
            assertThat(application.container().isRunning()).isTrue();
            CertificateExpiring expiring = SEEN.await("web", CertificateExpiring.class, 1);
            assertThat(expiring.subject()).isEqualTo("CN=first");
            assertThat(expiring.source()).contains(Keys.class.getName());
        }
    }

    /** The period alone applies too: a bean that fails is asked again without a signal. */
    @ParameterizedTest
    @ValueSource(strings = {"reload-period", "protocols"})
    void reloadPeriodIsHowOftenABeanThatFailedIsAskedAgain(String further) throws Exception {
        try (Application application = application(Serving.class)
                .with("sluice.ssl.web." + further, further.equals("protocols") ? "TLSv1.3" : "200ms")
                .with("sluice.ssl.web.reload-period", "200ms")
                .start()) {
            keys = () -> {
                throw new IllegalStateException("no vault");
            };
            keysChanged.run();
            SEEN.await("web", ContextReloadFailed.class, 1);

            supply(AUTHORITY.issue("again"));
            SEEN.await("web", ContextReloaded.class, 1);
            assertShows(application, "CN=again");
        }
    }

    /** What a context sets itself, or has from a bean of its own, replaces what it cannot inherit. */
    @Test
    void contextWithStoresOrBeansOfItsOwnMayInheritFromOneWithBeans() throws Exception {
        try (Application application = application(OfChild.class)
                .with(
                        "sluice.ssl.web.protocols", "TLSv1.2",
                        "sluice.ssl.peer.protocols", "TLSv1.2",
                        "sluice.ssl.child.inherits", "peer",
                        "sluice.ssl.stores.inherits", "peer",
                        "sluice.ssl.stores.trust-store.pem.certs", AUTHORITY.pem(),
                        "sluice.ssl.grandchild.inherits", "stores",
                        "sluice.ssl.public.inherits", "web",
                        "sluice.ssl.public.client-key-store.kind", "none")
                .start()) {
            for (String client : List.of("child", "stores", "grandchild")) {
                try (HandshakePair meeting = HandshakePair.of(application, "web", client)) {
                    assertThat(shownTo(meeting)).as(client).isEqualTo("CN=first");
                }
            }
            assertThat(application.get(SslContexts.class).describe("public").keys())
                    .isEmpty();
        }
    }

    @Test
    void signalledChangeIsFollowedWithTheClassLoaderOfTheApplication() throws Exception {
        try (Application application = application(Serving.class).start()) {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            supply(AUTHORITY.issue("second"));
            signalFromElsewhere(keysChanged);
            ContextReloaded reloaded = SEEN.await("web", ContextReloaded.class, 1);
            assertThat(reloaded.generation()).isEqualTo(2);
            assertThat(reloaded.after().keys().get(0).chain().get(0).subject()).isEqualTo("CN=second");
            assertShows(application, "CN=second");

            supply(STRANGER.issue("third"));
            trust = () -> List.of(STRANGER.issue("x").issuer());
            signalFromElsewhere(keysChanged);
            signalFromElsewhere(trustChanged);
            SEEN.await("web", ContextReloaded.class, 2);
            SEEN.await("peer", ContextReloaded.class, 1);
            assertShows(application, "CN=third");
            assertThat(LOADERS).hasSizeGreaterThanOrEqualTo(3).containsOnly(loader);
            assertThat(SEEN.all()).extracting(EventLog.Seen::loader).containsOnly(loader);
        }
    }

    /** A library's thread knows nothing of the application. */
    private static void signalFromElsewhere(Runnable changed) throws InterruptedException {
        Thread thread = new Thread(changed, "elsewhere");
        thread.setContextClassLoader(null);
        thread.start();
        thread.join();
    }

    @Test
    void signalBeforeTheFirstAnswerLeadsToNoReload() throws Exception {
        signalsAtOnce = true;
        try (Application application = application(Serving.class).start()) {
            assertShows(application, "CN=first");
            supply(AUTHORITY.issue("second"));
            keysChanged.run();
            assertThat(SEEN.await("web", ContextReloaded.class, 1).generation()).isEqualTo(2);
            assertThat(CALLS.stream().filter("keys"::equals)).hasSize(2);
        }
    }

    /** The source signals while it is asked for the first time, before the application has started. */
    @Test
    void signalBeforeTheStartIsNotLost() throws Exception {
        keys = () -> {
            List<KeyMaterial> old = List.of(material("only", AUTHORITY.issue("first")));
            supply(AUTHORITY.issue("second"));
            keysChanged.run();
            return old;
        };
        try (Application application = application(Serving.class)
                .with("sluice.ssl.web.expiry-warning", "off")
                .start()) {
            SEEN.await("web", ContextReloaded.class, 1);
            assertShows(application, "CN=second");
        }
    }

    @Test
    void signalAfterTheStopDoesNothing() throws Exception {
        application(Serving.class).start().close();
        int calls = CALLS.size();
        signalFromElsewhere(keysChanged);
        assertThat(CALLS).hasSize(calls);
    }

    static Stream<Arguments> unusable() {
        TestChain one = AUTHORITY.issue("one");
        TestChain other = AUTHORITY.issue("other");
        TestChain expired = AUTHORITY.issue(CertificateProfile.of("old").expired());
        String source =
                "@SslContext(\"web\") KeyMaterialSource (from the KeyMaterialSource bean " + Keys.class.getName();
        return Stream.of(
                unusable("throws", source + "): it failed (java.lang.IllegalStateException: no vault)", () -> {
                    throw new IllegalStateException("no vault");
                }),
                unusable("throws a checked exception", "it failed (java.io.IOException: no network)", () -> {
                    throw new java.io.IOException("no network");
                }),
                unusable("throws an error", "no class", () -> {
                    throw new NoClassDefFoundError("no class");
                }),
                unusable("returns null", source + "): it supplies no key", () -> null),
                unusable("returns nothing", source + "): it supplies no key", List::of),
                unusable("returns a null key", "it failed", () -> java.util.Collections.singletonList(null)),
                unusable(
                        "two keys of one name",
                        "it supplies two keys with the name 'same'",
                        () -> List.of(material("same", one), material("same", other))),
                unusable(
                        "key of another certificate",
                        "the key does not match the certificate",
                        () -> List.of(new KeyMaterial(
                                "only", one.leaf().key(), List.of(other.leaf().certificate(), other.issuer())))));
    }

    private static Arguments unusable(String fault, String words, Callable<List<KeyMaterial>> answer) {
        return Arguments.of(fault, words, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void unusableKeysLeaveTheLastGoodOnesInUseAndAreReportedOnce(
            String fault, String words, Callable<List<KeyMaterial>> answer) throws Exception {
        try (Application application = application(Serving.class).start()) {
            keys = answer;
            keysChanged.run();

            ContextReloadFailed failed = SEEN.await("web", ContextReloadFailed.class, 1);
            assertThat(failed.problems()).singleElement().asString().contains(words);
            assertThat(failed.active().generation()).isEqualTo(1);
            assertShows(application, "CN=first");
            assertThat(application.get(SslContexts.class).describe("web").problems())
                    .isEqualTo(failed.problems());

            supply(AUTHORITY.issue("repaired"));
            keysChanged.run();
            SEEN.await("web", ContextReloaded.class, 1);
            assertShows(application, "CN=repaired");
            assertThat(SEEN.of("web", ContextReloadFailed.class)).hasSize(1);
        }
    }

    /** At the start there is nothing that could stay in use. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unusable")
    void endpointDoesNotStartWithUnusableKeys(String fault, String words, Callable<List<KeyMaterial>> answer) {
        keys = answer;
        assertThatThrownBy(() -> application(Serving.class).start().close())
                .hasStackTraceContaining("Sluice could not start its endpoints: ")
                .hasStackTraceContaining(words);
    }

    @Test
    void expiredKeyIsAWarningUnlessItIsRejected() throws Exception {
        supply(AUTHORITY.issue(CertificateProfile.of("old").expired()));
        try (Application application = application(Serving.class).start()) {
            assertThat(application.get(SslContexts.class).describe("web").generation())
                    .isEqualTo(1);
        }
        assertThatThrownBy(() -> application(Serving.class)
                        .with("sluice.ssl.web.key-store.certificate-expiration-policy", "reject")
                        .start()
                        .close())
                .hasStackTraceContaining("expired at");
    }

    @Test
    void untrustedFailureNamesTheTrustSource() throws Exception {
        trust = () -> {
            throw new IllegalStateException("no bundle");
        };
        try (Application application = application().start()) {
            assertThatThrownBy(() -> application.get(SslContexts.class).reload("peer"))
                    .isInstanceOf(SslContextException.class)
                    .hasMessageContaining("@SslContext(\"peer\") TrustMaterialSource")
                    .hasMessageContaining("no bundle");
            trust = List::of;
            assertThatThrownBy(() -> application.get(SslContexts.class).reload("peer"))
                    .hasMessageContaining("it supplies no trusted certificate");
            trust = () -> List.of(AUTHORITY.issue("x").issuer());
            assertShows(application, "CN=first");
        }
    }

    static Stream<Arguments> problems() {
        TestChain chain = AUTHORITY.issue("configured");
        return Stream.of(
                Arguments.of(
                        "keys of a bean and of a key store",
                        List.of(Serving.class),
                        Map.of(
                                "sluice.ssl.web.key-store.pem.0.cert", chain.pem(),
                                "sluice.ssl.web.key-store.pem.0.key", chain.keyPem()),
                        "@SslContext(\"web\") KeyMaterialSource, but sluice.ssl.web.key-store.… is also configured. Remove"),
                Arguments.of(
                        "trust of a bean and of a trust store",
                        List.of(),
                        Map.of("sluice.ssl.peer.trust-store.pem.certs", AUTHORITY.pem()),
                        "@SslContext(\"peer\") TrustMaterialSource, but sluice.ssl.peer.trust-store.… is also configured"),
                Arguments.of(
                        "trust of a bean and of the JDK by choice",
                        List.of(),
                        Map.of("sluice.ssl.peer.trust-store.jdk", "true"),
                        "@SslContext(\"peer\") TrustMaterialSource, but sluice.ssl.peer.trust-store.… is also configured"),
                Arguments.of(
                        "two sources",
                        List.of(Further.class),
                        Map.of(),
                        "the application supplies more than one @SslContext(\"web\") KeyMaterialSource: "),
                Arguments.of(
                        "the application's own context",
                        List.of(OwnContext.class),
                        Map.of(),
                        "the application supplies an @SslContext(\"web\") KeyMaterialSource, which context 'web' cannot have"),
                Arguments.of(
                        "a context of the server",
                        List.of(),
                        Map.of("sluice.ssl.web.managed.jndi", "java:comp/env/none"),
                        "KeyMaterialSource, which context 'web' cannot have: the server manages it"),
                Arguments.of(
                        "trust of a parent's bean",
                        List.of(),
                        Map.of("sluice.ssl.peer.alpn", "x", "sluice.ssl.child.inherits", "peer"),
                        "sluice.ssl.child.inherits (from " + SOURCE + "): context 'child' would inherit from context"
                                + " 'peer' without its TrustMaterialSource bean, because beans are not inherited. Set"
                                + " sluice.ssl.child.trust-store.…, or supply an @SslContext(\"child\")"
                                + " TrustMaterialSource, or name another parent."),
                Arguments.of(
                        "trust of a grandparent's bean",
                        List.of(),
                        Map.of(
                                "sluice.ssl.peer.alpn", "x",
                                "sluice.ssl.child.inherits", "peer",
                                "sluice.ssl.grandchild.inherits", "child"),
                        "context 'grandchild' would inherit from context 'peer' without its TrustMaterialSource bean"),
                Arguments.of(
                        "keys of a parent's bean",
                        List.of(),
                        Map.of("sluice.ssl.web.alpn", "x", "sluice.ssl.child.inherits", "web"),
                        "without its KeyMaterialSource bean, because beans are not inherited. Set"
                                + " sluice.ssl.child.key-store.… (or sluice.ssl.child.client-key-store.kind=none if it needs"
                                + " no key)"),
                Arguments.of(
                        "trust of a parent whose callback decides",
                        List.of(Verifying.class),
                        Map.of(
                                "sluice.ssl.checked.trust-store.pem.certs",
                                AUTHORITY.pem(),
                                "sluice.ssl.child.inherits",
                                "checked"),
                        "context 'child' would inherit from context 'checked' without its VerifyCallback bean"),
                Arguments.of(
                        "period of a context without anything else",
                        List.of(),
                        Map.of("sluice.ssl.other.reload-period", "1m"),
                        "sluice.ssl.other.reload-period (from " + SOURCE + "): nothing else of context 'other' is"
                                + " configured, so there are no files to watch. Remove this property, or configure the"
                                + " keys or the trust of the context."),
                Arguments.of(
                        "period of the application's own context",
                        List.of(OfDefaultContext.class),
                        Map.of("sluice.ssl.default.reload-period", "1m"),
                        "sluice.ssl.default.reload-period (from " + SOURCE + "): context 'default' is the"
                                + " application's own, so there are no files to watch. Remove this property."),
                Arguments.of(
                        "none",
                        List.of(OfNone.class),
                        Map.of(),
                        "a bean of @SslContext(\"none\"): context 'none' is plaintext and cannot be replaced"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("problems")
    void sourceThatCannotBeUsedIsAProblemOfTheDeployment(
            String what, List<Class<?>> beans, Map<String, String> properties, String words) {
        assertThatThrownBy(() -> application(beans.toArray(Class<?>[]::new))
                        .with(properties)
                        .start()
                        .close())
                .isInstanceOf(DeploymentException.class)
                .satisfies(thrown -> assertThat(messages(thrown)).contains(words));
    }

    @Test
    void sourceOfTheDefaultContextReplacesTheTrustOfTheJdk() throws Exception {
        try (Application application = application(OfDefault.class).start();
                HandshakePair meeting = HandshakePair.of(application, "web", "default")) {
            assertThat(shownTo(meeting)).isEqualTo("CN=first");
            assertThat(application.get(SslContexts.class).describe("default").trustAnchors())
                    .hasSize(1);
        }
    }
}
