package io.sluice.internal.management;

import io.sluice.context.CertificateDescription;
import io.sluice.management.CertificateInfo;
import java.security.PublicKey;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;

/** A certificate in the report. The names of the components are the accessors that JMX requires. */
record CertificateRow(
        String getSubject,
        String getIssuer,
        String getSerialNumber,
        String getFingerprint,
        String getNotBefore,
        String getNotAfter,
        String getSource,
        String getKeyAlgorithm,
        int getKeyBits,
        String getSignatureAlgorithm)
        implements CertificateInfo {

    static CertificateRow of(CertificateDescription described) {
        PublicKey key = described.certificate().getPublicKey();
        return new CertificateRow(
                described.subject(),
                described.issuer(),
                described.serialNumber(),
                described.fingerprint(),
                described.notBefore().toString(),
                described.notAfter().toString(),
                described.source(),
                key.getAlgorithm(),
                bits(key),
                described.certificate().getSigAlgName());
    }

    private static int bits(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength();
        } else if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength();
        }
        return key instanceof DSAKey dsa && dsa.getParams() != null
                ? dsa.getParams().getP().bitLength()
                : 0;
    }
}
