package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** Client certificates that were not sent: why a client sent none, and whose certificates a server takes. Safe for use by several threads. */
public final class ClientCertificates {

    /** Of all contexts: of an engine it is not known which context made it. */
    private static final ConnectionMap<String> WHY_NONE = new ConnectionMap<>();

    private ClientCertificates() {}

    /**
     * Why a client sent no certificate although the server requested one.
     *
     * @param engine the client's engine
     * @return the reason and what to do about it; empty if no certificate was requested or one was sent, and if the engine's keys are not
     *     those of a configured context
     */
    public static Optional<String> whyNone(SSLEngine engine) {
        return WHY_NONE.get(engine instanceof LateModeEngine sided ? sided.inner() : engine);
    }

    /**
     * The issuers whose certificates a context takes.
     *
     * @param context the context of a server
     * @return their distinguished names (RFC 2253) in alphabetical order; empty if the context is not a configured one, or takes
     *     certificates of any issuer
     */
    public static List<String> issuersTakenBy(SslContextSpecifier context) {
        try {
            return context instanceof ReloadableContext named ? named.load().issuers() : List.of();
        } catch (SslContextException e) {
            return List.of();
        }
    }

    static void noneSent(SSLEngine engine, String why) {
        WHY_NONE.put(engine, why);
    }
}
