package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.GivenContextSpecifier;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.jsse.KeyProbe;
import java.util.Optional;

/** Finds out, after a handshake has failed, whether the server's context lacks a key. */
public final class KeylessContexts {

    private KeylessContexts() {}

    /**
     * Tests whether a context has no key. Configured keys are known earlier. But JSSE does not show which keys an application's own
     * context holds, and a key manager of the application may have a key for some clients only.
     *
     * @param context the context of the server side
     * @return true if it has no key for a client that accepts every key and names no host
     */
    public static boolean contains(SslContextSpecifier context) {
        try {
            if (context instanceof GivenContextSpecifier given) {
                return lacksKey(given.loaded());
            }
            Optional<ReloadableContext> named = ReloadableContext.behind(context);
            return named.isPresent() && lacksKey(named.get().load());
        } catch (SslContextException e) {
            return false;
        }
    }

    private static boolean lacksKey(ContextSnapshot loaded) {
        return !loaded.isPlain() && loaded.keys().isEmpty() && !KeyProbe.hasKey(loaded.sslContext());
    }
}
