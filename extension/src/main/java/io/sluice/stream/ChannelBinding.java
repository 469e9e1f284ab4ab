package io.sluice.stream;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidParameterSpecException;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The channel binding {@code tls-server-end-point} (RFC 5929, 4): the digest of the server's certificate. */
final class ChannelBinding {

    static final String SERVER_END_POINT = "tls-server-end-point";
    static final String EXPORTER = "tls-exporter";

    /** The label, the context and the length of {@code tls-exporter} (RFC 9266, 2). */
    static final String EXPORTER_LABEL = "EXPORTER-Channel-Binding";

    static final int EXPORTER_LENGTH = 32;

    private static final Pattern WITH = Pattern.compile("(MD5|SHA-?\\d+(?:[-/]\\d+)?)WITH.+");
    private static final String PSS = "RSASSA-PSS";

    private ChannelBinding() {}

    /** The digest of a certificate; empty if its signature has no digest of its own, so that RFC 5929 defines none. */
    static Optional<byte[]> of(X509Certificate server) {
        return digest(server).flatMap(algorithm -> digested(algorithm, server));
    }

    /** The digest of the certificate's signature. MD5 and SHA-1 are replaced. */
    private static Optional<String> digest(X509Certificate certificate) {
        String signature = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        Optional<String> digest = signature.equals(PSS) ? digestOfPss(certificate) : digest(signature);
        return digest.map(name -> name.equals("MD5") || name.equals("SHA-1") ? "SHA-256" : name);
    }

    /** {@code SHA256WITHRSA} is signed with {@code SHA-256}. The names of the SHA-3 family already have their hyphen. */
    private static Optional<String> digest(String signature) {
        Matcher named = WITH.matcher(signature);
        return named.matches()
                ? Optional.of(named.group(1).replaceFirst("^SHA(?=\\d+(/\\d+)?$)", "SHA-"))
                : Optional.empty();
    }

    private static Optional<String> digestOfPss(X509Certificate certificate) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
            parameters.init(certificate.getSigAlgParams());
            return Optional.of(
                    parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (NoSuchAlgorithmException | InvalidParameterSpecException | IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> digested(String algorithm, X509Certificate certificate) {
        try {
            return Optional.of(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate of a handshake cannot be encoded", e);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }
}
