package io.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.jcajce.JcaRespID;

/**
 * An OCSP responder (RFC 6960) for the certificates of a {@link TestAuthority}. It serves HTTP on a free port of the loopback
 * interface, in a thread of its own, and reports every certificate as good that was not revoked.
 *
 * <p>The caller closes it. All methods may be called from any thread.
 */
public final class OcspResponder implements AutoCloseable {

    private final HttpServer server;
    private final TestAuthority authority;
    private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * Starts a responder.
     *
     * @param authority the authority whose key signs the responses
     * @throws IOException if there is no free port
     */
    public OcspResponder(TestAuthority authority) throws IOException {
        this.authority = authority;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** {@return the address, for {@link CertificateProfile#ocspResponder}} */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /**
     * Reports a certificate as revoked from now on.
     *
     * @param chain the certificate
     */
    public void revoke(TestChain chain) {
        revoked.add(chain.leaf().certificate().getSerialNumber());
    }

    /** {@return the number of requests so far} */
    public int requestCount() {
        return requests.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            byte[] answer = answer(request(exchange));
            exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (OCSPException | CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    /** Reads a request from the path of a GET, in base64, or from the body of a POST (RFC 6960, appendix A.1). */
    private static OCSPReq request(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            return new OCSPReq(exchange.getRequestBody().readAllBytes());
        }
        String path = exchange.getRequestURI().getPath();
        return new OCSPReq(Base64.getDecoder().decode(path.substring(1)));
    }

    private byte[] answer(OCSPReq request) throws IOException, OCSPException, CertificateEncodingException {
        BasicOCSPRespBuilder answer =
                new BasicOCSPRespBuilder(new JcaRespID(authority.certificate().getSubjectX500Principal()));
        Date now = Date.from(Instant.now());
        for (Req each : request.getRequestList()) {
            CertificateStatus status = revoked.contains(each.getCertID().getSerialNumber())
                    ? new RevokedStatus(Date.from(Instant.now().minusSeconds(60)), CRLReason.keyCompromise)
                    : CertificateStatus.GOOD;
            answer.addResponse(
                    each.getCertID(), status, now, Date.from(Instant.now().plusSeconds(3600)), null);
        }
        Extension nonce = request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
        if (nonce != null) {
            answer.setResponseExtensions(new Extensions(nonce));
        }
        X509CertificateHolder[] signer = {
            new X509CertificateHolder(authority.certificate().getEncoded())
        };
        return new OCSPRespBuilder()
                .build(
                        OCSPRespBuilder.SUCCESSFUL,
                        answer.build(CertificateBuilder.signer(authority.key()), signer, now))
                .getEncoded();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
