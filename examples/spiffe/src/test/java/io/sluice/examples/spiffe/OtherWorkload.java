package io.sluice.examples.spiffe;

import io.sluice.examples.spiffe.TrustDomainAuthority.Svid;
import io.sluice.testing.internal.TrustAll;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/** Another workload, which uses plain JSSE and accepts every peer: what is refused, the other side has refused. */
final class OtherWorkload {

    /**
     * What it got from a server.
     *
     * @param certificate the server's certificate
     * @param line the first line
     */
    record Greeting(X509Certificate certificate, String line) {}

    private static final int PATIENCE_MILLIS = 20_000;

    private final SSLContext context;

    OtherWorkload(Svid svid) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        X509Certificate certificate = new JcaX509CertificateConverter().getCertificate(svid.certificate());
        store.setKeyEntry("svid", svid.keys().getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustAll()}, null);
    }

    /** Connects to a port, and reads a line. */
    Greeting greetedBy(int port) throws IOException {
        try (SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.startHandshake();
            X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            String line = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            return new Greeting(certificate, String.valueOf(line));
        }
    }

    /** Opens a port that asks for a certificate. */
    ServerSocket listen() throws IOException {
        SSLServerSocket listener = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
        listener.setNeedClientAuth(true);
        listener.setSoTimeout(PATIENCE_MILLIS);
        return listener;
    }
}
