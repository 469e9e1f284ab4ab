package io.sluice.internal.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.testing.TestAuthority;
import io.sluice.testing.TestChain;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A TLS 1.3 server sends one stateless ticket and keeps no session, even for a client with a certificate. */
class SessionTicketTest {

    private static final TestAuthority AUTHORITY = TestAuthority.create("authority");
    private static final TestChain SERVER = AUTHORITY.issue("localhost");
    private static final TestChain CLIENT = AUTHORITY.issue("device");
    private static final int RECORD_HEADER = 5;

    private static SSLContext configured(TestChain own, String clientAuth) {
        return NamedContexts.web(
                        "key-store.pem.0.cert",
                        own.pem(),
                        "key-store.pem.0.key",
                        own.keyPem(),
                        "trust-store.pem.certs",
                        AUTHORITY.pem(),
                        "protocols",
                        "TLSv1.3",
                        "client-auth",
                        clientAuth)
                .sslContext();
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "want", "need"})
    void serverSendsOneTicketAndKeepsNoSession(String clientAuth) throws Exception {
        SSLContext context = configured(SERVER, clientAuth);
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);

        assertThat(tickets(server)).isEqualTo(1);
        assertThat(kept(context)).isZero();
    }

    /** The reason why the verdict is not bound to the session: the same server with a trust manager that does so. */
    @Test
    void sessionWithAValueIsKept() throws Exception {
        SSLContext context = binding();
        SSLEngine server = context.createSSLEngine();
        server.setUseClientMode(false);
        server.setNeedClientAuth(true);

        assertThat(tickets(server)).isEqualTo(2);
        assertThat(kept(context)).isEqualTo(2);
    }

    private static int kept(SSLContext context) {
        return Collections.list(context.getServerSessionContext().getIds()).size();
    }

    /** Returns the number of records that the server sends after the client's handshake. Each is a NewSessionTicket. */
    private static int tickets(SSLEngine server) throws SSLException {
        SSLEngine client = configured(CLIENT, "none").createSSLEngine("localhost", 1);
        client.setUseClientMode(true);
        ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
        ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
        client.beginHandshake();
        server.beginHandshake();
        int tickets = 0;
        for (int round = 0; round < 100 && (busy(client) || busy(server)); round++) {
            step(client, toServer, toClient);
            int before = toClient.position();
            boolean done = !busy(client);
            step(server, toClient, toServer);
            if (done) {
                tickets += records(toClient, before);
            }
        }
        assertThat(busy(server)).isFalse();
        assertThat(client.getSession().getProtocol()).isEqualTo("TLSv1.3");
        return tickets;
    }

    private static int records(ByteBuffer bytes, int from) {
        int count = 0;
        for (int at = from; at < bytes.position(); at += RECORD_HEADER + bytes.getShort(at + RECORD_HEADER - 2)) {
            count++;
        }
        return count;
    }

    private static boolean busy(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws SSLException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(1 << 16));
                in.compact();
            }
            default -> {
                // This side is done.
            }
        }
    }

    private static SSLContext binding() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(SERVER.keyStore("PKCS12", "own", "secret"), "secret".toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", AUTHORITY.certificate());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        X509ExtendedTrustManager own = (X509ExtendedTrustManager) trust.getTrustManagers()[0];
        context.init(keys.getKeyManagers(), new TrustManager[] {new Binding(own)}, null);
        return context;
    }

    private static final class Binding extends X509ExtendedTrustManager {
        private final X509ExtendedTrustManager trust;

        Binding(X509ExtendedTrustManager trust) {
            this.trust = trust;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            trust.checkClientTrusted(chain, type, engine);
            engine.getHandshakeSession().putValue("verdict", "verified");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException();
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return trust.getAcceptedIssuers();
        }
    }
}
