package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.context.EngineRequest;
import io.sluice.context.SslContextException;
import io.sluice.context.SslSide;
import io.sluice.context.callback.CertificateRequestCallback;
import io.sluice.context.callback.KeyChoice;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.settings.ContextName;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A context presents one key to clients, and another one to servers. */
class ClientKeyStoreTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER =
            AUTHORITY.issue(CertificateProfile.of("localhost").forServers());
    private static final TestChain CLIENT =
            AUTHORITY.issue(CertificateProfile.of("client").forClients());
    private static final TestChain OTHER =
            AUTHORITY.issue(CertificateProfile.of("other").forClients());
    private static final String SECRET = "s3cret-Pa55word";

    @TempDir
    Path directory;

    private static List<String> keys(String group, TestChain chain) {
        return List.of(group + ".pem.a.cert", chain.pem(), group + ".pem.a.key", chain.keyPem());
    }

    private static String[] properties() {
        return properties(List.of());
    }

    private static String[] properties(List<String> more) {
        return Stream.concat(
                        Stream.of(
                                "key-store.pem.0.cert", SERVER.pem(),
                                "key-store.pem.0.key", SERVER.keyPem(),
                                "trust-store.pem.certs", AUTHORITY.pem()),
                        more.stream())
                .toArray(String[]::new);
    }

    private List<String> separate(String kind) {
        if (kind.equals("pem")) {
            return keys("client-key-store", CLIENT);
        }
        boolean jks = kind.equals("jks");
        Path file = TestChain.writeKeyStore(
                CLIENT.keyStore(jks ? "JKS" : "PKCS12", "web", SECRET), SECRET, directory.resolve("client." + kind));
        List<String> properties = new ArrayList<>(List.of(
                "client-key-store." + kind + ".path",
                file.toString(),
                "client-key-store." + kind + ".password",
                SECRET));
        if (kind.equals("other")) {
            properties.addAll(List.of("client-key-store.other.type", "PKCS12"));
        }
        return properties;
    }

    /** What a server sees of its client: a name, or nobody. */
    private static String seen(ReloadableContext client) throws Exception {
        SSLEngine serving = NamedContexts.web(properties(List.of("client-auth", "want")))
                .engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));
        Engines.handshake(client.engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1)), serving);
        try {
            return serving.getSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "nobody";
        }
    }

    /** What a client sees of its server. */
    private static String shown(ReloadableContext server) throws Exception {
        SSLEngine asking = NamedContexts.web("trust-store.pem.certs", AUTHORITY.pem())
                .engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));
        Engines.handshake(asking, server.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1)));
        return asking.getSession().getPeerPrincipal().getName();
    }

    @ParameterizedTest
    @ValueSource(strings = {"pem", "p12", "jks", "other"})
    void eachSideHasItsOwnKey(String kind) throws Exception {
        ReloadableContext context = NamedContexts.web(properties(separate(kind)));

        assertThat(seen(context)).isEqualTo("CN=client");
        assertThat(shown(context)).isEqualTo("CN=localhost");
        assertThat(context.load().warnings()).isEmpty();
        assertThat(context.load().clientKeys().orElseThrow().hasClientKey()).isTrue();
    }

    @Test
    void keyStoreIsForBothSidesUnlessThereIsAnother() throws Exception {
        ReloadableContext context = NamedContexts.web(properties());

        assertThat(context.load().clientKeys()).isEqualTo(context.load().keys());
        assertThat(context.load().clientKeys().orElseThrow().hasClientKey()).isFalse();
    }

    @Test
    void clientMaySendNoneAlthoughTheServerHasAKey() throws Exception {
        ReloadableContext context = NamedContexts.web(properties(List.of("client-key-store.kind", "none")));

        assertThat(seen(context)).isEqualTo("nobody");
        assertThat(shown(context)).isEqualTo("CN=localhost");
        assertThat(context.load().clientKeys()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            client-key-store.kind=none | context 'web' sends no certificate, because sluice.ssl.web.client-key-store.kind is none
            alpn=x                     | context 'web' has no key. To send a certificate, set sluice.ssl.web.key-store.p12.path and .password, or sluice.ssl.web.key-store.pem.0.cert and .key
            """)
    void clientWithoutAKeyKnowsWhy(String property, String why) throws Exception {
        SSLEngine asking = NamedContexts.web(
                        "trust-store.pem.certs", AUTHORITY.pem(), property.split("=")[0], property.split("=")[1])
                .engine(EngineRequest.of(SslSide.CLIENT, "localhost", 1));
        SSLEngine serving = NamedContexts.web(properties(List.of("client-auth", "need")))
                .engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1));

        assertThat(catchThrowable(() -> Engines.handshake(asking, serving))).isNotNull();
        assertThat(ClientCertificates.whyNone(asking)).contains(why);
    }

    @Test
    void clientKeyDoesNotServe() throws Exception {
        ReloadableContext context = NamedContexts.web(Stream.concat(
                        keys("client-key-store", CLIENT).stream(), Stream.of("trust-store.pem.certs", AUTHORITY.pem()))
                .toArray(String[]::new));

        assertThat(seen(context)).isEqualTo("CN=client");
        assertThatThrownBy(() -> context.engine(EngineRequest.of(SslSide.SERVER, "127.0.0.1", 1)))
                .isInstanceOf(SslContextException.class)
                .hasMessageStartingWith("context 'web' has no key, so it cannot be the server side: ");
    }

    @Test
    void callbackChoosesAmongTheKeysForClients() throws Exception {
        AtomicReference<KeyChoice> choice = new AtomicReference<>(KeyChoice.ordinary());
        AtomicReference<List<String>> names = new AtomicReference<>(List.of());
        ReloadableContext other = NamedContexts.web(properties(keys("client-key-store", OTHER)));
        CertificateRequestCallback bean = request -> {
            names.set(request.aliases());
            return choice.get();
        };
        ContextCallbacks callbacks = new ContextCallbacks(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new LazyCallback<>(() -> "the test's callback", () -> bean)),
                Optional.empty(),
                Optional.empty(),
                name -> other);
        ReloadableContext context = new ReloadableContext(
                new ContextName("web"),
                ConfiguredContexts.source(
                        SluiceConfiguration.of(
                                TestConfig.of(NamedContexts.properties(properties(keys("client-key-store", CLIENT))))),
                        "web",
                        callbacks));

        assertThat(seen(context)).isEqualTo("CN=client");
        assertThat(names.get()).containsExactly("a");
        choice.set(KeyChoice.alias("a"));
        assertThat(seen(context)).isEqualTo("CN=client");
        choice.set(KeyChoice.context("other"));
        assertThat(seen(context)).isEqualTo("CN=other");
    }
}
