package io.sluice.internal.context.source;

import io.sluice.internal.engine.SharedEngines;
import io.sluice.internal.jsse.JsseProviders;
import io.sluice.internal.jsse.SessionLimits;
import io.sluice.internal.settings.SessionSettings;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;

/**
 * The {@code SSLContext} of a configured context. A later load with the same identity continues to use it, with other keys, so that its
 * sessions can be resumed.
 *
 * @param context the context
 * @param identity what must not change
 * @param keys its key manager
 * @param sessions the configured limits of its sessions
 * @param engines what makes the engines of Sluice's own connections, of which each generation has a share; empty for the context
 * @param limits all limits of its sessions as the configuration left them; a limit that differs was set by code
 */
record ConfiguredTls(
        SSLContext context,
        SessionIdentity identity,
        ContextKeyManager keys,
        SessionSettings sessions,
        Optional<SharedEngines> engines,
        Map<Limit, Integer> limits) {

    static ConfiguredTls of(
            SSLContext context, SessionIdentity identity, ContextKeyManager keys, SessionSettings sessions) {
        SessionLimits.apply(sessions, context);
        return new ConfiguredTls(context, identity, keys, sessions, Optional.empty(), limits(context));
    }

    /** This context with the configured limits of a later load. What code has set stays. */
    ConfiguredTls limitedTo(SessionSettings changed) throws GeneralSecurityException {
        if (changed.equals(sessions)) {
            return this;
        }
        SSLContext fresh = JsseProviders.context(context.getProvider());
        fresh.init(null, null, null);
        SessionLimits.apply(changed, fresh);
        Map<Limit, Integer> wanted = limits(fresh);
        limits(context).forEach((limit, now) -> {
            if (now.equals(limits.get(limit))) {
                limit.set(context, wanted.getOrDefault(limit, now));
            }
        });
        return new ConfiguredTls(context, identity, keys, changed, engines, wanted);
    }

    ConfiguredTls with(Optional<SharedEngines> made) {
        return new ConfiguredTls(context, identity, keys, sessions, made, limits);
    }

    private static Map<Limit, Integer> limits(SSLContext context) {
        Map<Limit, Integer> limits = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            limits.put(limit, limit.of(context));
        }
        return limits;
    }

    /** Gives the successor of this context the limits that code has set on this one. */
    void handLimitsTo(SSLContext successor) {
        limits(context).forEach((limit, now) -> {
            if (!now.equals(limits.get(limit))) {
                limit.set(successor, now);
            }
        });
    }

    /** A limit of a context's sessions, in seconds or sessions. */
    enum Limit {
        SERVER_TIMEOUT(
                SSLContext::getServerSessionContext,
                SSLSessionContext::getSessionTimeout,
                SSLSessionContext::setSessionTimeout),
        SERVER_CACHE(
                SSLContext::getServerSessionContext,
                SSLSessionContext::getSessionCacheSize,
                SSLSessionContext::setSessionCacheSize),
        CLIENT_TIMEOUT(
                SSLContext::getClientSessionContext,
                SSLSessionContext::getSessionTimeout,
                SSLSessionContext::setSessionTimeout),
        CLIENT_CACHE(
                SSLContext::getClientSessionContext,
                SSLSessionContext::getSessionCacheSize,
                SSLSessionContext::setSessionCacheSize);

        private final Function<SSLContext, SSLSessionContext> side;
        private final ToIntFunction<SSLSessionContext> read;
        private final BiConsumer<SSLSessionContext, Integer> write;

        Limit(
                Function<SSLContext, SSLSessionContext> side,
                ToIntFunction<SSLSessionContext> read,
                BiConsumer<SSLSessionContext, Integer> write) {
            this.side = side;
            this.read = read;
            this.write = write;
        }

        int of(SSLContext context) {
            SSLSessionContext sessions = side.apply(context); // Some providers have none.
            return sessions == null ? 0 : read.applyAsInt(sessions);
        }

        void set(SSLContext context, int value) {
            SSLSessionContext sessions = side.apply(context);
            if (sessions != null) {
                write.accept(sessions, value);
            }
        }
    }
}
