package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.GivenContextSpecifier;
import io.sluice.context.SslContextException;
import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.jsse.KeyProbe;

/** Tells of a context, once it has failed to serve a client, whether it has a key at all. */
public final class KeylessContexts {

    private KeylessContexts() {}

    /**
     * Whether a context without a key is what kept a handshake from succeeding. Of keys that are configured it is known before; which
     * keys an application's own context holds, JSSE does not say, and a key manager of its own may have one for some clients only.
     *
     * @param context the context that was to serve
     * @return true if it has no key for a client that takes every key and names no host
     */
    public static boolean contains(SslContextSpecifier context) {
        try {
            return switchOn(context);
        } catch (SslContextException e) {
            return false;
        }
    }

    private static boolean switchOn(SslContextSpecifier context) throws SslContextException {
        if (context instanceof GivenContextSpecifier given) {
            return lacksKey(given.loaded());
        }
        return context instanceof ReloadableContext named && lacksKey(named.load());
    }

    private static boolean lacksKey(ContextSnapshot loaded) {
        return !loaded.isPlain() && loaded.keys().isEmpty() && !KeyProbe.hasKey(loaded.sslContext());
    }
}
