package io.sluice.examples.acme;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;

/**
 * A key and its certificates.
 *
 * @param key the private key
 * @param chain the certificates, the key's own first; at least one
 */
record CertifiedKey(PrivateKey key, List<X509Certificate> chain) {

    /** Of a name in a certificate (RFC 5280, 4.2.1.6). */
    private static final int DNS_NAME = 2;

    CertifiedKey {
        chain = List.copyOf(chain);
    }

    X509Certificate leaf() {
        return chain.get(0);
    }

    /** When a share of its validity has passed, in percent. */
    Instant after(int percent) {
        Instant from = leaf().getNotBefore().toInstant();
        return from.plus(Duration.between(from, leaf().getNotAfter().toInstant())
                .multipliedBy(percent)
                .dividedBy(100));
    }

    /** The DNS names in the certificate. */
    Set<String> names() throws IOException {
        try {
            Set<String> names = new HashSet<>();
            Collection<List<?>> found = leaf().getSubjectAlternativeNames();
            for (List<?> name : found == null ? List.<List<?>>of() : found) {
                if (name.get(0).equals(DNS_NAME)) {
                    names.add(name.get(1).toString().toLowerCase(Locale.ROOT));
                }
            }
            return names;
        } catch (CertificateParsingException e) {
            throw new IOException(e);
        }
    }

    String pem() throws IOException {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(new JcaPKCS8Generator(key, null));
            for (X509Certificate certificate : chain) {
                writer.writeObject(certificate);
            }
        }
        return text.toString();
    }

    static CertifiedKey parse(String pem) throws IOException {
        PrivateKey key = null;
        List<X509Certificate> chain = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(pem))) {
            for (Object object = parser.readObject(); object != null; object = parser.readObject()) {
                if (object instanceof PrivateKeyInfo found) {
                    key = new JcaPEMKeyConverter().getPrivateKey(found);
                } else if (object instanceof X509CertificateHolder found) {
                    chain.add(new JcaX509CertificateConverter().getCertificate(found));
                }
            }
        } catch (CertificateException e) {
            throw new IOException(e);
        }
        if (key == null || chain.isEmpty()) {
            throw new IOException("it does not contain a key and a certificate");
        }
        return new CertifiedKey(key, chain);
    }

    @Override
    public String toString() {
        return "certificate " + leaf().getSerialNumber().toString(16) + ", valid until "
                + leaf().getNotAfter().toInstant();
    }
}
