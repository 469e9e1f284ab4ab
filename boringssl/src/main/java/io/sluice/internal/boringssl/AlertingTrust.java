package io.sluice.internal.boringssl;

import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.internal.tcnative.CertificateVerifier;
import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The trust of a context, whose objections become the alerts that JSSE sends. Netty knows what to send if a certificate has expired or was
 * revoked. For everything else it would send internal_error, as if this side had failed.
 */
final class AlertingTrust extends X509ExtendedTrustManager {

    private static final Set<CertPathValidatorException.Reason> KNOWN =
            Set.of(BasicReason.EXPIRED, BasicReason.NOT_YET_VALID, BasicReason.REVOKED);

    /** One of those for which BoringSSL sends certificate_unknown. Nobody sees it. */
    private static final int UNKNOWN = CertificateVerifier.X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION;

    /** Netty would replace an exception with one that has no alert if its message began as the JDK's do for another host. */
    private static final String PREFIX = "the certificate is refused: ";

    private final X509ExtendedTrustManager trust;

    AlertingTrust(X509ExtendedTrustManager trust) {
        this.trust = trust;
    }

    private interface Check {
        void run() throws CertificateException;
    }

    private static void alerting(Check check) throws CertificateException {
        try {
            check.run();
        } catch (CertificateException e) {
            throw hasAlert(e) ? e : new OpenSslCertificateException(message(e), e, UNKNOWN);
        }
    }

    private static String message(CertificateException objection) {
        String message = String.valueOf(objection.getMessage());
        return message.startsWith("No ") ? PREFIX + message : message;
    }

    private static boolean hasAlert(CertificateException objection) {
        if (objection instanceof CertificateExpiredException || objection instanceof CertificateNotYetValidException) {
            return true;
        }
        for (Throwable cause = objection.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathValidatorException path && KNOWN.contains(path.getReason())) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        alerting(() -> trust.checkClientTrusted(chain, authType, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        alerting(() -> trust.checkServerTrusted(chain, authType, engine));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        trust.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkClientTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        trust.checkServerTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust.getAcceptedIssuers();
    }
}
