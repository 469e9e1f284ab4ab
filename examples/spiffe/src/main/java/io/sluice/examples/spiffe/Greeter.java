package io.sluice.examples.spiffe;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import io.sluice.stream.TlsSession;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/** Greets each workload that connects, by its SPIFFE ID. */
@ApplicationScoped
public class Greeter {

    /** Of a name in a certificate (RFC 5280, 4.2.1.6). */
    private static final int URI = 6;

    @SocketEndpoint(value = "greeter", port = 7500)
    void greet(SocketStream stream) throws IOException {
        stream.writer().write("hello " + idOf(stream.tls().orElseThrow()) + "\n");
    }

    /** The SPIFFE ID of a peer, which {@link PeerRules} has verified. */
    static String idOf(TlsSession session) throws IOException {
        try {
            X509Certificate certificate = session.peerCertificates().get(0);
            for (List<?> name : certificate.getSubjectAlternativeNames()) {
                if (name.get(0).equals(URI)) {
                    return name.get(1).toString();
                }
            }
            throw new IOException("the peer's certificate has no SPIFFE ID");
        } catch (CertificateParsingException e) {
            throw new IOException(e);
        }
    }
}
