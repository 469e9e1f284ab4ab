package io.sluice.internal.jsse;

import io.sluice.internal.settings.SessionSettings;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;

/** Limits how many sessions an {@code SSLContext} keeps, and how long. */
public final class SessionLimits {

    private SessionLimits() {}

    /** Sets what is configured on both sides. A provider may lack the sessions of a side. */
    public static void apply(SessionSettings settings, SSLContext context) {
        Stream.of(context.getServerSessionContext(), context.getClientSessionContext())
                .filter(Objects::nonNull)
                .forEach(sessions -> apply(settings, sessions));
    }

    private static void apply(SessionSettings settings, SSLSessionContext sessions) {
        settings.timeout().ifPresent(timeout -> sessions.setSessionTimeout(Math.toIntExact(timeout.toSeconds())));
        settings.cacheSize().ifPresent(sessions::setSessionCacheSize);
    }
}
