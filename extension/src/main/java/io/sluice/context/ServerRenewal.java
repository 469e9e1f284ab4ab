package io.sluice.context;

import io.sluice.context.managed.ServerContext;
import io.sluice.context.material.ManagedSettings;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** Looks, once a second at most, whether the server gives another context by now, because its stores or settings were renewed. */
final class ServerRenewal implements Freshness {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ManagedSettings managed;
    private final SSLContext given;
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime() + PERIOD_NANOS);

    ServerRenewal(ManagedSettings managed, SSLContext given) {
        this.managed = managed;
        this.given = given;
    }

    @Override
    public boolean isOver() {
        long due = nextLook.get();
        long now = System.nanoTime();
        return now - due >= 0
                && nextLook.compareAndSet(due, now + PERIOD_NANOS)
                && ServerContext.isReplaced(managed, given);
    }
}
