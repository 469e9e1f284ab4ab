package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.NamedSslContext;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.TrustAll;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.rmi.Remote;
import java.rmi.RemoteException;
import java.rmi.server.RMIClientSocketFactory;
import java.rmi.server.UnicastRemoteObject;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.rmi.ssl.SslRMIServerSocketFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A socket or an engine whose user switches the mode verifies host names as a client and none as a server. */
class SocketModeTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain LOCALHOST = AUTHORITY.issue("localhost");
    private static final TestChain DEVICE = AUTHORITY.issue("device");
    private static final TestChain ELSEWHERE = AUTHORITY.issue("elsewhere.example");
    private static final TestChain STRANGER = TestAuthority.create("stranger").issue("device");

    private static ReloadableContext context(TestChain own, String protocol, String clientAuth, String... more) {
        String[] base = {
            "key-store.pem.0.cert", own.pem(),
            "key-store.pem.0.key", own.keyPem(),
            "trust-store.pem.certs", AUTHORITY.pem(),
            "protocols", protocol,
            "client-auth", clientAuth
        };
        return NamedContexts.web(Stream.concat(Stream.of(base), Stream.of(more)).toArray(String[]::new));
    }

    private static SSLSocketFactory clients(String certificate, String protocol) {
        return switch (certificate) {
            case "known" -> context(DEVICE, protocol, "none").socketFactory();
            case "stranger" -> context(STRANGER, protocol, "none").socketFactory();
            default ->
                NamedContexts.web("trust-store.pem.certs", AUTHORITY.pem(), "protocols", protocol)
                        .socketFactory();
        };
    }

    /** Upgrades a server's connection. */
    private interface Upgrade {
        SSLSocket of(Socket rawSocket) throws IOException;
    }

    /** Begins in plaintext, as SMTP, LDAP and others do before STARTTLS. */
    private static Loopback.Outcome startTls(Upgrade upgrade, SSLSocketFactory clients) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Loopback.Connection> served = CompletableFuture.supplyAsync(() -> {
                try (Socket rawSocket = listening.accept()) {
                    rawSocket.getOutputStream().write('+');
                    try (SSLSocket socket = upgrade.of(rawSocket)) {
                        return Loopback.answer(socket);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            Loopback.Connection client;
            try (Socket rawSocket = new Socket(listening.getInetAddress(), listening.getLocalPort())) {
                assertThat(rawSocket.getInputStream().read()).isEqualTo('+');
                try (SSLSocket socket =
                        (SSLSocket) clients.createSocket(rawSocket, "localhost", listening.getLocalPort(), true)) {
                    client = Loopback.ask(socket);
                }
            }
            return new Loopback.Outcome(client, served.get(30, TimeUnit.SECONDS));
        }
    }

    static Stream<Arguments> servers() {
        return Stream.of("TLSv1.3", "TLSv1.2")
                .flatMap(protocol -> Stream.of("need", "want", "none")
                        .flatMap(auth -> Stream.of("known", "stranger", "none")
                                .map(certificate -> Arguments.of(protocol, auth, certificate))));
    }

    @ParameterizedTest(name = "{0}, client-auth {1}, certificate: {2}")
    @MethodSource("servers")
    void socketOfTheFactoryServesInTheOtherMode(String protocol, String clientAuth, String certificate)
            throws Exception {
        NamedSslContext web = context(LOCALHOST, protocol, clientAuth);
        for (SSLSocketFactory factory :
                new SSLSocketFactory[] {web.socketFactory(), web.sslContext().getSocketFactory()}) {
            Loopback.Outcome outcome = startTls(
                    rawSocket -> {
                        SSLSocket socket = (SSLSocket)
                                factory.createSocket(rawSocket, "client.example", rawSocket.getPort(), true);
                        socket.setUseClientMode(false);
                        return socket;
                    },
                    clients(certificate, protocol));

            boolean asked = !clientAuth.equals("none");
            // JSSE does not send a certificate whose issuer the server does not name.
            boolean shown = asked && certificate.equals("known");
            assertThat(outcome.isConnected()).as("%s", outcome).isEqualTo(shown || !clientAuth.equals("need"));
            if (outcome.isConnected()) {
                assertThat(peer(outcome.serverSession()))
                        .isEqualTo(shown ? Optional.of("CN=device") : Optional.empty());
            }
        }
    }

    private static Optional<String> peer(SSLSession session) {
        try {
            return Optional.of(session.getPeerPrincipal().toString());
        } catch (javax.net.ssl.SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    /** The host name is right, but only the trust in the certificate counts. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void socketInTheOtherModeStillChecksTrust(String protocol) throws Exception {
        NamedSslContext web = context(LOCALHOST, protocol, "need");

        Loopback.Outcome outcome = startTls(
                rawSocket -> {
                    SSLSocket socket = (SSLSocket) web.socketFactory().createSocket(rawSocket, "device", 1, true);
                    socket.setUseClientMode(false);
                    return socket;
                },
                showing(STRANGER));

        assertThat(outcome.isConnected()).as("%s", outcome).isFalse();
        assertThat(outcome.server().failure())
                .get(InstanceOfAssertFactories.THROWABLE)
                .hasMessageContaining("path");
    }

    /** A client that presents its certificate whatever issuers the server names. */
    private static SSLSocketFactory showing(TestChain chain) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Stubborn(chain)}, new TrustManager[] {new TrustAll()}, null);
        return context.getSocketFactory();
    }

    private static final class Stubborn extends X509ExtendedKeyManager {
        private final TestChain chain;

        Stubborn(TestChain chain) {
            this.chain = chain;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {chain.leaf().certificate(), chain.issuer()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return chain.leaf().key();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void socketKeepsWhatItsUserSetsBesideTheMode(String protocol) throws Exception {
        NamedSslContext web = context(LOCALHOST, "TLSv1.3,TLSv1.2", "none");
        Loopback.Outcome outcome = startTls(
                rawSocket -> {
                    SSLSocket socket = (SSLSocket) web.socketFactory().createSocket(rawSocket, "client", 1, true);
                    socket.setEnabledProtocols(new String[] {protocol});
                    socket.setUseClientMode(false);
                    socket.setNeedClientAuth(true);
                    SSLParameters parameters = socket.getSSLParameters();
                    parameters.setUseCipherSuitesOrder(true);
                    socket.setSSLParameters(parameters);
                    return socket;
                },
                clients("known", "TLSv1.3,TLSv1.2"));

        assertThat(outcome.isConnected()).as("%s", outcome).isTrue();
        assertThat(outcome.serverSession().getProtocol()).isEqualTo(protocol);
        assertThat(peer(outcome.serverSession())).contains("CN=device");
    }

    /** The other way round: sockets of the server side that connect as clients. */
    @ParameterizedTest
    @CsvSource({"localhost, , true", "elsewhere, , false", "elsewhere, NONE, true"})
    void socketOfTheServerSideIdentifiesTheHostAsAClient(String server, String algorithm, boolean expected)
            throws Exception {
        NamedSslContext serving = context(server.equals("localhost") ? LOCALHOST : ELSEWHERE, "TLSv1.3", "none");
        ReloadableContext web = algorithm == null
                ? context(DEVICE, "TLSv1.3", "none")
                : context(DEVICE, "TLSv1.3", "none", "hostname-verification-algorithm", algorithm);

        assertThat(ofConsumedBytes(serving, web)).isEqualTo(expected);
        assertThat(accepted(serving, web)).isEqualTo(algorithm == null ? "HTTPS" : "");
    }

    private static boolean ofConsumedBytes(NamedSslContext serving, NamedSslContext web) throws Exception {
        try (Loopback loopback = new Loopback(serving.serverSocketFactory())) {
            CompletableFuture<Loopback.Connection> served = CompletableFuture.supplyAsync(() -> {
                try (SSLSocket socket = (SSLSocket) loopback.serverSocket().accept()) {
                    return Loopback.answer(socket);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            boolean connected;
            try (Socket rawSocket = new Socket("localhost", loopback.port());
                    SSLSocket socket = (SSLSocket)
                            web.socketFactory().createSocket(rawSocket, new ByteArrayInputStream(new byte[0]), true)) {
                socket.setUseClientMode(true);
                connected = Loopback.ask(socket).failure().isEmpty();
            }
            served.get(30, TimeUnit.SECONDS);
            return connected;
        }
    }

    /**
     * As an FTP client does with the data connections that it accepts. Returns the algorithm that verified the peer's
     * address.
     */
    private static String accepted(NamedSslContext serving, NamedSslContext web) throws Exception {
        try (SSLServerSocket listening = (SSLServerSocket)
                web.serverSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            listening.setEnabledProtocols(new String[] {"TLSv1.3"});
            listening.setUseClientMode(true);
            CompletableFuture<Loopback.Connection> served = CompletableFuture.supplyAsync(() -> {
                try (Socket rawSocket = new Socket(listening.getInetAddress(), listening.getLocalPort());
                        SSLSocket socket = (SSLSocket) serving.socketFactory()
                                .createSocket(rawSocket, new ByteArrayInputStream(new byte[0]), true)) {
                    return Loopback.answer(socket);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            String algorithm;
            try (SSLSocket socket = (SSLSocket) listening.accept()) {
                assertThat(Loopback.ask(socket).failure()).isEmpty();
                algorithm = socket.getSSLParameters().getEndpointIdentificationAlgorithm();
            }
            served.get(30, TimeUnit.SECONDS);
            return algorithm;
        }
    }

    /** The injected parameters are those of a client. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void engineOfAServerTakesTheParametersOfAClient(String protocol) throws Exception {
        NamedSslContext web = context(LOCALHOST, protocol, "need");
        SSLEngine server = web.sslContext().createSSLEngine("client", 1);
        server.setUseClientMode(false);
        server.setSSLParameters(web.parameters());
        SSLEngine client = web.sslContext().createSSLEngine("localhost", 1);
        client.setUseClientMode(true);

        Engines.handshake(client, server);

        assertThat(peer(server.getSession())).contains("CN=localhost");
        assertThat(server.getSSLParameters().getEndpointIdentificationAlgorithm())
                .isNullOrEmpty();
    }

    /** Libraries check the class, and some call methods of the JDK's class. */
    @Test
    void socketIsTheJdksOwn() throws Exception {
        NamedSslContext web = context(LOCALHOST, "TLSv1.3", "none");
        try (Socket own = web.socketFactory().createSocket();
                Socket jdk = SSLContext.getDefault().getSocketFactory().createSocket()) {
            assertThat(own).hasSameClassAs(jdk);
        }
    }

    /** A remote object for the next test. */
    interface Counter extends Remote {
        int next(int from) throws RemoteException;
    }

    static final class Plus implements Counter {
        @Override
        public int next(int from) {
            return from + 1;
        }
    }

    /** RMI serializes it with the stub, so it must not contain the context. */
    static final class ToLocalhost implements RMIClientSocketFactory, Serializable {
        private static final long serialVersionUID = 1L;
        static final SSLSocketFactory FACTORY = clients("known", "TLSv1.3");

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return FACTORY.createSocket("localhost", port);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ToLocalhost;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    /** The JDK's own socket factory for RMI and JMX, which layers on accepted sockets. */
    @Test
    void remoteObjectIsServedToClientsWithACertificate() throws Exception {
        SSLContext web = context(LOCALHOST, "TLSv1.3", "none").sslContext();
        Counter exported = new Plus();
        Counter stub = (Counter) UnicastRemoteObject.exportObject(
                exported, 0, new ToLocalhost(), new SslRMIServerSocketFactory(web, null, null, true));
        try {
            assertThat(stub.next(7)).isEqualTo(8);
        } finally {
            UnicastRemoteObject.unexportObject(exported, true);
        }
    }
}
