package io.sluice.internal.context.handshake;

import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;

/** The certificates of peers that contexts refused. An engine does not show them. Thread-safe. */
public final class RefusedCertificates {

    /** For all contexts, because an engine does not show which context made it. */
    private static final ConnectionMap<List<X509Certificate>> OF_ENGINES = new ConnectionMap<>();

    private RefusedCertificates() {}

    /**
     * The certificates that were refused in an engine's handshake.
     *
     * @param engine an engine whose handshake has failed
     * @return the peer's chain, leaf first; empty if it was not refused, or not by a configured context
     */
    public static List<X509Certificate> of(SSLEngine engine) {
        return OF_ENGINES.get(engine).orElse(List.of());
    }

    static void note(SSLEngine engine, X509Certificate[] chain) {
        OF_ENGINES.put(engine, List.of(chain));
    }
}
