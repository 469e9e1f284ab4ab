package io.sluice.internal.material;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * The trust of a context.
 *
 * @param managers the trust managers for JSSE
 * @param configured the trusted certificates that the context names, without the JDK's
 * @param lists the revocation lists
 */
public record Trust(
        List<TrustManager> managers, List<Sourced<X509Certificate>> configured, List<Sourced<X509CRL>> lists) {

    /** No trust at all, after a reported problem. */
    static final Trust NONE = new Trust(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Trust {
        managers = List.copyOf(managers);
        configured = List.copyOf(configured);
        lists = List.copyOf(lists);
    }

    /**
     * All trusted certificates, the JDK's included.
     *
     * @return the certificates; empty if everyone is trusted
     */
    public List<X509Certificate> all() {
        return managers.stream()
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
    }
}
