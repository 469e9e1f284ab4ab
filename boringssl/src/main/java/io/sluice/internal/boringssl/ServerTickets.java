package io.sluice.internal.boringssl;

import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.ReferenceCountedOpenSslContext;
import io.sluice.internal.engine.EngineMaterial;
import io.sluice.internal.engine.TicketKeys;
import java.util.Optional;

/**
 * What seals and opens the tickets of a server.
 *
 * @param sent whether the server sends tickets, and accepts them
 * @param keys the keys; empty for those of BoringSSL, which makes them for each native context, and replaces them every other day
 */
record ServerTickets(boolean sent, Optional<TicketKeys> keys) {

    /** In TLS 1.3, BoringSSL resumes nothing without tickets. Netty decides for all engines of the JVM. */
    static ServerTickets of(EngineMaterial material) {
        boolean sent = material.forgetful() && material.settings().sessions().sendsTickets();
        return new ServerTickets(sent, material.tickets());
    }

    ServerTickets with(TicketKeys others) {
        return new ServerTickets(sent, Optional.of(others));
    }

    /** May be called while handshakes use the context. Netty then enables tickets in TLS 1.2 too. */
    void apply(ReferenceCountedOpenSslContext context) {
        if (!sent || keys.isEmpty()) {
            return;
        }
        OpenSslServerSessionContext sessions = (OpenSslServerSessionContext) context.sessionContext();
        sessions.setTicketKeys(keys.get().keys().stream()
                .map(key -> new OpenSslSessionTicketKey(key.name(), key.hmac(), key.aes()))
                .toArray(OpenSslSessionTicketKey[]::new));
        sessions.setSessionIdContext(keys.get().policy());
    }
}
