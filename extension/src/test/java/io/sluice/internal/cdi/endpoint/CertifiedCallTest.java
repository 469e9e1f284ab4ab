package io.sluice.internal.cdi.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.config.ConfiguredContexts;
import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.config.TestConfig;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.context.handshake.ContextCallbacks;
import io.sluice.internal.context.handshake.ContextCallbacks.LazyCallback;
import io.sluice.internal.security.CertifiedCaller;
import io.sluice.internal.security.ServerSecurity;
import io.sluice.internal.settings.ContextName;
import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TestStreams;
import io.sluice.testing.CertificateProfile;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who becomes the caller of a server's security. The tests of the servers use the security of real ones. */
class CertifiedCallTest {

    private static final String P = "sluice.ssl.web.";
    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT =
            AUTHORITY.issue(CertificateProfile.of("web.test").subject("CN=web,OU=Devices,O=Example"));

    private final List<CertifiedCaller> callers = new ArrayList<>();
    private final List<SocketStream> served = new ArrayList<>();
    private final ServerSecurity security = (caller, action) -> {
        callers.add(caller);
        action.run();
    };

    private static Map<String, String> server(String... keysAndValues) {
        Map<String, String> properties = new HashMap<>(Map.of(
                P + "key-store.pem.0.cert", SERVER.pem(),
                P + "key-store.pem.0.key", SERVER.keyPem()));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            properties.put(P + keysAndValues[i], keysAndValues[i + 1]);
        }
        return properties;
    }

    private static Map<String, String> trusting(String... keysAndValues) {
        Map<String, String> properties = server(keysAndValues);
        properties.put(P + "trust-store.pem.certs", AUTHORITY.pem());
        return properties;
    }

    private void serve(Map<String, String> properties, SSLContext client) throws Exception {
        serve(properties, ContextCallbacks.NONE, client);
    }

    /** Serves one client. */
    private void serve(Map<String, String> properties, ContextCallbacks callbacks, SSLContext client) throws Exception {
        ReloadableContext context = new ReloadableContext(
                new ContextName("web"),
                ConfiguredContexts.source(SluiceConfiguration.of(TestConfig.of(properties)), "web", callbacks));
        StreamFunction<SocketStream> call = new CertifiedCall("endpoint 'web'", security)
                .around((SocketStream stream, ServerConnection connection) -> served.add(stream));
        try (SocketPair sockets = SocketPair.open()) {
            CompletableFuture<SocketStream> connected = CompletableFuture.supplyAsync(() -> {
                try {
                    return TestStreams.open(sockets.far(), SslContextSpecifier.of(client), SslSide.CLIENT);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            try (SocketStream stream = TestStreams.open(sockets.near(), context, SslSide.SERVER)) {
                ServerConnection none = null;
                call.serve(stream, none);
            } finally {
                connected.get(20, TimeUnit.SECONDS).close();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "dns, *.test, web.test",
        "cn, web, web",
        "subject, 'CN=web,OU=Devices,O=Example', ",
        "ou, Devices, ",
    })
    void nameOfTheRuleIsTheCallersUnlessItHasOtherForms(String key, String pattern, String name) throws Exception {
        serve(trusting("client-auth", "need", "client-auth.allow." + key, pattern), CLIENT.context());

        assertThat(callers).singleElement().satisfies(caller -> {
            assertThat(caller.name()).isEqualTo(Optional.ofNullable(name));
            assertThat(caller.chain().get(0)).isEqualTo(CLIENT.leaf().certificate());
        });
        assertThat(served).hasSize(1);
    }

    @Test
    void withoutRulesTheSubjectIsTheCaller() throws Exception {
        serve(trusting("client-auth", "need"), CLIENT.context());

        assertThat(callers)
                .singleElement()
                .satisfies(caller -> assertThat(caller.name()).isEmpty());
    }

    @Test
    void clientWithoutACertificateIsNoCaller() throws Exception {
        serve(trusting("client-auth", "want"), AUTHORITY.trustingContext());

        assertThat(callers).isEmpty();
        assertThat(served).hasSize(1);
    }

    /** Anybody can have any name there. */
    @Test
    void certificateThatNobodyCheckedIsRefused() {
        assertThatThrownBy(() -> serve(server("client-auth", "need", "trust-all", "true"), CLIENT.context()))
                .isInstanceOfSatisfying(
                        SocketStreamException.class,
                        condition -> assertThat(condition.kind()).isEqualTo(Kind.CERTIFICATE_NOT_ALLOWED))
                .hasMessageContaining("the context trusts every certificate (trust-all), so its names prove nothing."
                        + " Configure the authorities to trust");
        assertThat(callers).isEmpty();
        assertThat(served).isEmpty();
    }

    /** The callback may have compared anything, so the names are what the client says of itself. */
    @Test
    void certificateThatOnlyACallbackAcceptedIsRefused() throws Exception {
        ContextCallbacks accepting = new ContextCallbacks(
                Optional.empty(),
                Optional.of(new LazyCallback<>(() -> "the callback", () -> peer -> true)),
                Optional.empty(),
                Optional.empty(),
                name -> {
                    throw new IllegalArgumentException(name);
                });
        SSLContext stranger =
                AUTHORITY.issue(CertificateProfile.of("web.test").expired()).context();

        assertThatThrownBy(() -> serve(trusting("client-auth", "need"), accepting, stranger))
                .isInstanceOfSatisfying(
                        SocketStreamException.class,
                        condition -> assertThat(condition.kind()).isEqualTo(Kind.CERTIFICATE_NOT_ALLOWED))
                .hasMessageContaining("no trusted authority vouches for the names in the certificate (the callback"
                        + " accepted it, despite the trust manager's objection: ")
                .hasMessageEndingWith(
                        "Add the authority to the context's trust, or set caller=none and decide in the" + " handler");
        assertThat(callers).isEmpty();
        assertThat(served).isEmpty();

        serve(trusting("client-auth", "need"), accepting, CLIENT.context());
        assertThat(callers).as("one that the trust manager accepts").hasSize(1);
    }

    @Test
    void securityOfNoServerIsFound() {
        assertThat(ServerSecurity.of(CertifiedCallTest.class.getClassLoader())).isEmpty();
    }
}
