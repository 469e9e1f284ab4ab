package io.sluice.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
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
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Answers for an authority whether a certificate was revoked (RFC 6960), over HTTP at a free port. */
public final class OcspResponder implements AutoCloseable {

    private final HttpServer server;
    private final TestAuthority authority;
    private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();

    /** Answers from now on. */
    public OcspResponder(TestAuthority authority) throws IOException {
        this.authority = authority;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Its address, for certificates. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Tells from now on that a certificate was revoked. */
    public void revoke(TestChain chain) {
        revoked.add(chain.leaf().certificate().getSerialNumber());
    }

    /** How often it was asked. */
    public int asked() {
        return asked.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            byte[] answer = answer(request(exchange));
            exchange.getResponseHeaders().set("Content-Type", "application/ocsp-response");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (OCSPException | OperatorCreationException | java.security.cert.CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    /** Short ones come as GET, in base64 (RFC 6960, A.1). */
    private static OCSPReq request(HttpExchange exchange) throws IOException {
        if (exchange.getRequestMethod().equals("POST")) {
            return new OCSPReq(exchange.getRequestBody().readAllBytes());
        }
        String path = exchange.getRequestURI().getPath();
        return new OCSPReq(java.util.Base64.getDecoder().decode(path.substring(1)));
    }

    private byte[] answer(OCSPReq request)
            throws IOException, OCSPException, OperatorCreationException,
                    java.security.cert.CertificateEncodingException {
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
                        answer.build(
                                new JcaContentSignerBuilder("SHA256withECDSA").build(authority.key()), signer, now))
                .getEncoded();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
