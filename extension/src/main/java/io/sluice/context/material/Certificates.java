package io.sluice.context.material;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads X.509 certificates with the JDK, as PEM (RFC 7468) among whatever else a file holds, or as one DER certificate. */
final class Certificates {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([^\r\n]*?)-----.*?-----END \\1-----", Pattern.DOTALL);
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");
    private static final String CERTIFICATE = "CERTIFICATE";

    private Certificates() {}

    /** The certificates in their order, or none once the problem is told. */
    static List<X509Certificate> read(Setting setting, Problems problems) {
        Optional<byte[]> bytes = Location.read(setting, problems);
        if (bytes.isEmpty()) {
            return List.of();
        }
        String text = new String(bytes.get(), StandardCharsets.ISO_8859_1);
        try {
            return Location.isInlinePem(text) ? pem(setting, text, problems) : List.of(one(bytes.get()));
        } catch (CertificateException e) {
            problems.error(
                    setting,
                    setting.shown() + " holds a certificate that cannot be read",
                    "Give X.509 certificates as PEM: -----BEGIN CERTIFICATE-----");
            return List.of();
        }
    }

    private static List<X509Certificate> pem(Setting setting, String text, Problems problems)
            throws CertificateException {
        List<X509Certificate> certificates = new ArrayList<>();
        TreeSet<String> others = new TreeSet<>();
        if (isTruncated(text)) {
            problems.error(
                    setting,
                    setting.shown() + " ends within a PEM block: it is truncated",
                    "Copy the whole file again");
            return List.of();
        }
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals(CERTIFICATE)) {
                certificates.add(one(block.group().getBytes(StandardCharsets.ISO_8859_1)));
            } else {
                others.add(block.group(1));
            }
        }
        if (certificates.isEmpty()) {
            problems.error(
                    setting,
                    setting.shown() + " holds no certificate, but " + String.join(", ", others),
                    "Name the PEM file of the certificate chain");
        }
        return certificates;
    }

    /** Certificates at the end of a chain that nobody misses when reading are missed by every peer. */
    private static boolean isTruncated(String text) {
        return BEGIN.matcher(text).results().count()
                != BLOCK.matcher(text).results().count();
    }

    private static X509Certificate one(byte[] encoded) throws CertificateException {
        Certificate certificate =
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        return (X509Certificate) certificate;
    }
}
