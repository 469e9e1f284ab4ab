package io.sluice.internal.material;

import io.sluice.internal.pem.DerBytes;
import io.sluice.internal.pem.PemBlock;
import io.sluice.internal.pem.PemKind;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Reads X.509 certificates with the JDK, as PEM (RFC 7468) or DER, among whatever else a file holds. */
final class CertificateReader {

    private static final String TRUSTED = "TRUSTED CERTIFICATE";

    /** The tags of the permitted and rejected uses in openssl's trust settings (X509_CERT_AUX). */
    private static final int PERMITTED = 0x30;

    private static final int REJECTED = 0xa0;

    private CertificateReader() {}

    /** Returns the certificates in their order, or none after reporting a problem. */
    static List<X509Certificate> read(Setting setting, MaterialReading reading) {
        Problems problems = reading.problems();
        List<PemBlock> blocks = PemObjects.read(setting, PemKind.CERTIFICATE, reading);
        List<X509Certificate> certificates = new ArrayList<>();
        for (int i = 0; i < blocks.size(); i++) {
            String which = PemObjects.which(i, blocks.size());
            try {
                byte[] der = blocks.get(i).der();
                if (blocks.get(i).label().equals(TRUSTED) && isRestricted(der)) {
                    problems.error(
                            setting,
                            setting.shown() + " holds a certificate with OpenSSL trust settings" + which
                                    + ", which Java does not support",
                            "Remove the settings with openssl x509 -in FILE -out plain.pem");
                } else {
                    certificates.add(one(der));
                }
            } catch (CertificateException | IllegalArgumentException e) {
                problems.error(PemObjects.unreadable(setting, PemKind.CERTIFICATE, which));
            }
        }
        return certificates.size() == blocks.size() ? certificates : List.of();
    }

    /** The settings that openssl appends may restrict the trust to some uses, or to none. */
    private static boolean isRestricted(byte[] der) {
        int settings = DerBytes.length(der);
        return settings + 2 < der.length
                && ((der[settings + 2] & 0xff) == PERMITTED || (der[settings + 2] & 0xff) == REJECTED);
    }

    private static X509Certificate one(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
