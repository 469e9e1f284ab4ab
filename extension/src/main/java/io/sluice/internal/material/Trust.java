package io.sluice.internal.material;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;

/**
 * The trust of a context.
 *
 * @param managers the trust managers for JSSE
 * @param configured the trusted certificates that the context names, without the JDK's
 * @param lists the revocation lists
 */
public record Trust(List<TrustManager> managers, List<X509Certificate> configured, List<X509CRL> lists) {

    /** No trust at all, after a reported problem. */
    static final Trust NONE = new Trust(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Trust {
        managers = List.copyOf(managers);
        configured = List.copyOf(configured);
        lists = List.copyOf(lists);
    }
}
