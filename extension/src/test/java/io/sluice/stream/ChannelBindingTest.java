package io.sluice.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.TlsLimits;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.testing.SocketPair;
import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestCertificate;
import io.sluice.testing.TestChain;
import io.sluice.testing.internal.ProcessPeer;
import io.sluice.testing.internal.SocketKind;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Channel bindings and exported keys are the same on both sides, and the same as those of OpenSSL. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ChannelBindingTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("CA");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TlsLimits LIMITS = new TlsLimits(Duration.ofSeconds(20), Duration.ofSeconds(2));
    private static final String LABEL = "EXPERIMENTAL-sluice";

    @TempDir
    Path directory;

    private enum Engines {
        JDK(null),
        BOUNCY_CASTLE(new BouncyCastleJsseProvider(new BouncyCastleProvider()));

        private final Provider provider;

        Engines(Provider provider) {
            this.provider = provider;
        }

        boolean export() {
            return provider == null
                    && Stream.of(ExtendedSSLSession.class.getMethods())
                            .anyMatch(method -> method.getName().equals("exportKeyingMaterialData"));
        }

        SSLEngine engine(boolean client, String version) throws Exception {
            KeyManagerFactory keys = provider == null
                    ? KeyManagerFactory.getInstance("PKIX")
                    : KeyManagerFactory.getInstance("PKIX", provider);
            keys.init(SERVER.keyStore("PKCS12", "key", "changeit"), "changeit".toCharArray());
            TrustManagerFactory trust = provider == null
                    ? TrustManagerFactory.getInstance("PKIX")
                    : TrustManagerFactory.getInstance("PKIX", provider);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("trusted", AUTHORITY.certificate());
            trust.init(trusted);
            SSLContext context =
                    provider == null ? SSLContext.getInstance("TLS") : SSLContext.getInstance("TLS", provider);
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            SSLEngine engine = context.createSSLEngine("localhost", 1);
            engine.setUseClientMode(client);
            engine.setEnabledProtocols(new String[] {version});
            return engine;
        }
    }

    static Stream<Arguments> engines() {
        return Stream.of(Engines.values())
                .flatMap(engines -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(engines, version)));
    }

    private static StreamConnection connection(Socket socket, SSLEngine engine) throws Exception {
        RawSocket raw = RawSocket.take(socket);
        return new StreamConnection(
                new TlsTransport(raw, engine, LIMITS, () -> {}),
                new ConnectionLabel("context 'test'", raw.remoteAddress()),
                Upgrades.none());
    }

    private static TlsSession session(StreamConnection connection) throws SocketStreamException {
        connection.handshake();
        return connection.tls().orElseThrow();
    }

    /** The sessions of the server and of the client, whose connection is closed. */
    private static List<TlsSession> sessions(Engines engines, String version) throws Exception {
        try (SocketPair sockets = SocketKind.SOCKET.pair()) {
            StreamConnection near = connection(sockets.near(), engines.engine(false, version));
            StreamConnection far = connection(sockets.far(), engines.engine(true, version));
            FutureTask<TlsSession> served = new FutureTask<>(() -> session(near));
            new Thread(served).start();
            TlsSession asked = session(far);
            List<TlsSession> both = List.of(served.get(30, TimeUnit.SECONDS), asked);
            near.close();
            far.close();
            return both;
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void bothSidesHaveTheSame(Engines engines, String version) throws Exception {
        byte[] expected = MessageDigest.getInstance("SHA-256")
                .digest(SERVER.leaf().certificate().getEncoded());

        List<TlsSession> sessions = sessions(engines, version);

        assertThat(sessions)
                .allSatisfy(session -> assertThat(session.channelBinding("tls-server-end-point"))
                        .hasValue(expected));
        Optional<byte[]> exported = sessions.get(0).channelBinding("tls-exporter");
        assertThat(exported.isPresent()).isEqualTo(engines.export());
        exported.ifPresent(bytes -> {
            assertThat(bytes).hasSize(32);
            assertThat(sessions.get(1).channelBinding("tls-exporter")).hasValue(bytes);
            assertThat(sessions.get(1).exportKeyingMaterial("EXPORTER-Channel-Binding", new byte[0], 32))
                    .hasValue(bytes);
        });
    }

    /** The digest is that of the signature (RFC 5929, 4.1), except that MD5 and SHA-1 are replaced. */
    @ParameterizedTest
    @CsvSource({
        "MD5withRSA, RSA, SHA-256",
        "SHA1withRSA, RSA, SHA-256",
        "SHA224withRSA, RSA, SHA-224",
        "SHA256withRSA, RSA, SHA-256",
        "SHA512withRSA, RSA, SHA-512",
        "SHA512(256)withRSA, RSA, SHA-512/256",
        "SHA3-256withRSA, RSA, SHA3-256",
        "SHA384withRSAandMGF1, RSA, SHA-384",
        "SHA1withRSAandMGF1, RSA, SHA-256",
        "SHA1withECDSA, EC, SHA-256",
        "SHA384withECDSA, EC, SHA-384",
        "SHA3-512withECDSA, EC, SHA3-512",
        "Ed25519, Ed25519,",
        "Ed448, Ed448,"
    })
    void digestIsThatOfTheSignature(String signature, String key, String digest) throws Exception {
        X509Certificate certificate =
                certificate(signature, KeyPairGenerator.getInstance(key).generateKeyPair());

        Optional<byte[]> binding = ChannelBinding.of(certificate);

        if (digest == null) {
            assertThat(binding).as(certificate.getSigAlgName()).isEmpty();
        } else {
            assertThat(binding)
                    .as(certificate.getSigAlgName())
                    .hasValue(MessageDigest.getInstance(digest).digest(certificate.getEncoded()));
        }
    }

    private static X509Certificate certificate(String signature, KeyPair pair) throws Exception {
        X500Principal name = new X500Principal("CN=localhost");
        Instant now = Instant.now();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(now.minusSeconds(60)),
                                Date.from(now.plusSeconds(3600)),
                                name,
                                pair.getPublic())
                        .build(new JcaContentSignerBuilder(signature)
                                .setProvider(new BouncyCastleProvider())
                                .build(pair.getPrivate())));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void serverExportsWhatOpensslExports(Engines engines, String version) throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ProcessPeer openssl = ProcessPeer.start(
                        "openssl",
                        "s_client",
                        "-connect",
                        "127.0.0.1:" + listening.getLocalPort(),
                        option(version),
                        "-keymatexport",
                        LABEL)) {
            StreamConnection server = connection(listening.accept(), engines.engine(false, version));
            TlsSession session = session(server);
            assertExported(engines, session, openssl);
            server.close();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void clientExportsWhatOpensslExports(Engines engines, String version) throws Exception {
        TestCertificate leaf = SERVER.leaf();
        try (ProcessPeer openssl = ProcessPeer.start(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                leaf.writeCertificate(directory).toString(),
                "-key",
                leaf.writeKey(directory).toString(),
                option(version),
                "-keymatexport",
                LABEL)) {
            openssl.awaitOutput("ACCEPT 127.0.0.1:");
            Matcher port = Pattern.compile("ACCEPT 127\\.0\\.0\\.1:(\\d+)").matcher(openssl.output());
            assertThat(port.find()).isTrue();
            StreamConnection client = connection(
                    new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))),
                    engines.engine(true, version));
            TlsSession session = session(client);
            assertExported(engines, session, openssl);
            client.close();
        }
    }

    private static String option(String version) {
        return version.equals("TLSv1.2") ? "-tls1_2" : "-tls1_3";
    }

    /** OpenSSL's programs use no context and print 20 bytes. */
    private static void assertExported(Engines engines, TlsSession session, ProcessPeer openssl) {
        Optional<byte[]> exported = session.exportKeyingMaterial(LABEL, null, 20);
        assertThat(exported.isPresent()).isEqualTo(engines.export());
        exported.ifPresent(bytes -> openssl.awaitOutput(
                "Keying material: " + HexFormat.of().formatHex(bytes).toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls-unique", "TLS-exporter", ""})
    void unknownTypeIsRefused(String type) throws Exception {
        TlsSession session = sessions(Engines.JDK, "TLSv1.3").get(0);

        assertThatThrownBy(() -> session.channelBinding(type))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("there is no channel binding '" + type + "'. Use tls-server-end-point or tls-exporter");
    }

    @Test
    void noBytesCannotBeExported() throws Exception {
        TlsSession session = sessions(Engines.JDK, "TLSv1.3").get(0);

        assertThatThrownBy(() -> session.exportKeyingMaterial(LABEL, null, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the length is 0. Ask for at least 1 byte");
    }
}
