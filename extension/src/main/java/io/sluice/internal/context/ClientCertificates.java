package io.sluice.internal.context;

import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.context.handshake.ConnectionMap;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The reasons why clients sent no certificate, and the issuers that servers accept. Thread-safe. */
public final class ClientCertificates {

    /** For all contexts, because an engine does not show which context made it. */
    private static final ConnectionMap<String> WHY_NONE = new ConnectionMap<>();

    private static final ConnectionMap<List<String>> REQUESTED = new ConnectionMap<>();

    /** A server may name thousands. */
    private static final int MOST_ISSUERS = 100;

    private ClientCertificates() {}

    /**
     * The reason why a client sent no certificate although the server requested one.
     *
     * @param engine the client's engine
     * @return the reason and what to do about it; empty if no certificate was requested, if one was sent, or if the engine's keys are
     *     not those of a configured context
     */
    public static Optional<String> whyNone(SSLEngine engine) {
        return WHY_NONE.get(engine);
    }

    /**
     * The issuers whose certificates a context accepts.
     *
     * @param context the context of a server
     * @return their distinguished names (RFC 2253) in alphabetical order; empty if the context is not configured, or accepts
     *     certificates of every issuer
     */
    public static List<String> issuersTakenBy(SslContextSpecifier context) {
        try {
            Optional<ReloadableContext> named = ReloadableContext.behind(context);
            return named.isPresent() ? named.get().load().issuers() : List.of();
        } catch (SslContextException e) {
            return List.of();
        }
    }

    /**
     * The issuers that a server named when it requested the certificate that a client did not have.
     *
     * @param engine the client's engine
     * @return their distinguished names (RFC 2253); empty if a certificate was sent or not requested, or if any issuer is accepted
     */
    public static List<String> requestedIssuers(SSLEngine engine) {
        return REQUESTED.get(engine).orElse(List.of());
    }

    /** Notes the reason, and the issuers that the server accepts. */
    public static void noneSent(SSLEngine engine, String why, Principal @Nullable [] issuers) {
        WHY_NONE.put(engine, why);
        if (issuers != null) {
            REQUESTED.put(
                    engine,
                    Arrays.stream(issuers)
                            .limit(MOST_ISSUERS)
                            .map(issuer -> issuer instanceof X500Principal name ? name.getName() : issuer.getName())
                            .toList());
        }
    }
}
