package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.context.SslContext;
import io.sluice.context.SslContextSpecifier;
import io.sluice.it.support.Application;
import io.sluice.it.support.Injectable;
import io.sluice.it.support.LookupPath;
import io.sluice.it.support.Peer;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.testing.TestCertificate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Client certificates are requested, verified and presented through everything that serves or connects. */
@Tag("tls")
class MutualTlsTest {

    private final TestCertificate own = TestCertificate.ec("web");
    private final TestCertificate trusted = TestCertificate.ec("localhost");
    private final TestCertificate stranger = TestCertificate.ec("localhost");

    @AutoClose
    private Application application;

    private void start(String protocol, String clientAuth) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("sluice.ssl.web.key-store.pem.0.cert", own.certificatePem());
        properties.put("sluice.ssl.web.key-store.pem.0.key", own.keyPem());
        properties.put("sluice.ssl.web.trust-store.pem.certs", trusted.certificatePem());
        properties.put("sluice.ssl.web.protocols", protocol);
        properties.put("sluice.ssl.web.client-auth", clientAuth);
        application = Application.configured().with(properties).start();
    }

    private String met(Injectable injectable, Peer peer) throws Exception {
        Object found = LookupPath.CONTAINER_SELECT.find(application.container(), injectable, "web");
        return injectable.identity(
                found,
                peer,
                application
                        .container()
                        .select(SocketStreamCreator.class, SslContext.Literal.of("none"))
                        .get());
    }

    @ParameterizedTest
    @CsvSource({
        "SPECIFIER, TLSv1.3", "SPECIFIER, TLSv1.2",
        "CREATOR, TLSv1.3", "CREATOR, TLSv1.2",
        "SSL_CONTEXT, TLSv1.3", "SSL_CONTEXT, TLSv1.2",
        "SERVER_SOCKET_FACTORY, TLSv1.3", "SERVER_SOCKET_FACTORY, TLSv1.2"
    })
    void serveWithClientAuthNeedAcceptsOnlyTheTrusted(Injectable server, String protocol) throws Exception {
        start(protocol, "need");

        assertThat(met(server, Peer.with(trusted))).isEqualTo("web");
        assertThat(met(server, Peer.with(stranger))).isEqualTo(Peer.NOBODY);
        assertThat(met(server, Peer.withoutCertificate())).isEqualTo(Peer.NOBODY);
    }

    @ParameterizedTest
    @EnumSource(names = {"SPECIFIER", "CREATOR", "SSL_CONTEXT", "SERVER_SOCKET_FACTORY"})
    void serveWithClientAuthWantAcceptsThoseWithoutACertificateToo(Injectable server) throws Exception {
        start("TLSv1.3", "want");

        assertThat(met(server, Peer.with(trusted))).isEqualTo("web");
        assertThat(met(server, Peer.withoutCertificate())).isEqualTo("web");
        assertThat(met(server, Peer.with(stranger))).isEqualTo(Peer.NOBODY);
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTOR, TLSv1.3", "CONNECTOR, TLSv1.2",
        "SOCKET_FACTORY, TLSv1.3", "SOCKET_FACTORY, TLSv1.2"
    })
    void connectShowsTheCertificateToTheTrustedAlone(Injectable client, String protocol) throws Exception {
        start(protocol, "none");

        assertThat(met(client, Peer.with(trusted))).isEqualTo("web");
        assertThat(met(client, Peer.with(stranger))).isEqualTo(Peer.NOBODY);
    }

    /** The context as a client, through its own factory and through an engine that a creator uses. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void connectThroughTheContextShowsTheCertificate(String protocol) throws Exception {
        start(protocol, "none");
        SSLContext context =
                (SSLContext) LookupPath.CONTAINER_SELECT.find(application.container(), Injectable.SSL_CONTEXT, "web");

        assertThat(Injectable.SOCKET_FACTORY.identity(context.getSocketFactory(), Peer.with(trusted), null))
                .isEqualTo("web");
        assertThat(Injectable.SOCKET_FACTORY.identity(context.getSocketFactory(), Peer.with(stranger), null))
                .isEqualTo(Peer.NOBODY);
        assertThat(connectedByEngine(context, Peer.with(trusted))).isEqualTo("web");
        assertThat(connectedByEngine(context, Peer.with(stranger))).isEqualTo(Peer.NOBODY);
    }

    private String connectedByEngine(SSLContext context, Peer peer) throws Exception {
        SocketStreamConnector plain = application
                .container()
                .select(SocketStreamConnector.class, SslContext.Literal.of("none"))
                .get();
        return peer.meetClient(port -> {
            SSLEngine engine = context.createSSLEngine("localhost", port);
            engine.setUseClientMode(true);
            Injectable.greet(plain.open(
                    "localhost", port, SocketStream.class, Initarg.sslContext(SslContextSpecifier.of(engine))));
        });
    }

    @Test
    void connectToAnotherHostThanTheCertificatesIsRefused() throws Exception {
        TestCertificate elsewhere = TestCertificate.ec("elsewhere.example");
        application = Application.configured(
                        "sluice.ssl.web.key-store.pem.0.cert", own.certificatePem(),
                        "sluice.ssl.web.key-store.pem.0.key", own.keyPem(),
                        "sluice.ssl.web.trust-store.pem.certs", elsewhere.certificatePem())
                .start();

        assertThat(met(Injectable.CONNECTOR, Peer.with(elsewhere))).isEqualTo(Peer.NOBODY);
        assertThat(met(Injectable.SOCKET_FACTORY, Peer.with(elsewhere))).isEqualTo(Peer.NOBODY);
        // A server does not verify host names.
        assertThat(met(Injectable.CREATOR, Peer.with(elsewhere))).isEqualTo("web");
    }
}
