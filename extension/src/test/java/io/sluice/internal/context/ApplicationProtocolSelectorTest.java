package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The selector of an application protocol receives the engine or the socket that its user has. */
class ApplicationProtocolSelectorTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");

    private static ReloadableContext web(String protocol) {
        return NamedContexts.web(
                "key-store.pem.0.cert",
                SERVER.pem(),
                "key-store.pem.0.key",
                SERVER.keyPem(),
                "trust-store.pem.certs",
                AUTHORITY.pem(),
                "protocols",
                protocol);
    }

    private static SSLParameters offering(SSLParameters parameters) {
        parameters.setApplicationProtocols(new String[] {"first", "second"});
        return parameters;
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void engineIsTheOneThatItsUserHolds(String protocol) throws Exception {
        ReloadableContext web = web(protocol);
        SSLEngine server = web.sslContext().createSSLEngine();
        server.setUseClientMode(false);
        SSLEngine client = web.sslContext().createSSLEngine("localhost", 1);
        client.setUseClientMode(true);
        client.setSSLParameters(offering(client.getSSLParameters()));
        AtomicReference<SSLEngine> asked = new AtomicReference<>();
        AtomicReference<String> version = new AtomicReference<>();
        BiFunction<SSLEngine, List<String>, String> selector = (engine, offered) -> {
            asked.set(engine);
            version.set(engine.getHandshakeSession().getProtocol());
            return offered.get(1);
        };
        server.setHandshakeApplicationProtocolSelector(selector);
        assertThat(server.getHandshakeApplicationProtocolSelector()).isSameAs(selector);

        Engines.handshake(client, server);

        assertThat(asked).hasValue(server);
        assertThat(version).hasValue(protocol);
        assertThat(client.getApplicationProtocol()).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void selectorCanBeTakenBack(String protocol) throws Exception {
        ReloadableContext web = web(protocol);
        SSLEngine server = web.sslContext().createSSLEngine();
        server.setUseClientMode(false);
        SSLEngine client = web.sslContext().createSSLEngine("localhost", 1);
        client.setUseClientMode(true);
        client.setSSLParameters(offering(client.getSSLParameters()));
        server.setHandshakeApplicationProtocolSelector((engine, offered) -> {
            throw new AssertionError("it was taken back");
        });
        server.setHandshakeApplicationProtocolSelector(null);

        Engines.handshake(client, server);

        assertThat(server.getHandshakeApplicationProtocolSelector()).isNull();
        assertThat(client.getApplicationProtocol()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void layeredSocketIsTheOneThatItsUserHolds(String protocol) throws Exception {
        ReloadableContext web = web(protocol);
        AtomicReference<SSLSocket> made = new AtomicReference<>();
        AtomicReference<SSLSocket> asked = new AtomicReference<>();
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Loopback.Connection> served = CompletableFuture.supplyAsync(() -> {
                try (Socket rawSocket = listening.accept();
                        SSLSocket socket =
                                (SSLSocket) web.socketFactory().createSocket(rawSocket, "localhost", 1, true)) {
                    made.set(socket);
                    socket.setUseClientMode(false);
                    socket.setHandshakeApplicationProtocolSelector((of, offered) -> {
                        asked.set(of);
                        return offered.get(1);
                    });
                    return Loopback.answer(socket);
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            try (SSLSocket client =
                    (SSLSocket) web.socketFactory().createSocket("localhost", listening.getLocalPort())) {
                client.setSSLParameters(offering(client.getSSLParameters()));
                assertThat(Loopback.ask(client).failure()).isEmpty();
                assertThat(client.getApplicationProtocol()).isEqualTo("second");
            }
            assertThat(served.get(20, TimeUnit.SECONDS).failure()).isEmpty();
        }
        assertThat(asked.get()).isNotNull().isSameAs(made.get());
    }
}
