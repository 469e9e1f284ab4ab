package io.sluice.internal.context;

import io.sluice.context.Staleness;
import io.sluice.internal.managed.ManagedSslContext;
import io.sluice.internal.settings.ManagedSettings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** Looks, once a second at most, whether the server gives another context by now, because its stores or settings were renewed. */
final class ServerRenewal implements Staleness {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ManagedSettings managed;
    private final SSLContext given;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + PERIOD_NANOS);

    ServerRenewal(ManagedSettings managed, SSLContext given) {
        this.managed = managed;
        this.given = given;
    }

    @Override
    public boolean isStale() {
        long due = nextLook.get();
        long now = System.nanoTime();
        return now - due >= 0
                && nextLook.compareAndSet(due, now + PERIOD_NANOS)
                && ManagedSslContext.isReplaced(managed, given);
    }
}
