package io.sluice.internal.cdi.scope;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.stream.ConnectionActivation;
import io.sluice.stream.SocketStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The scope of one connection, from its first entry until the stream is closed and every thread has left. Thread-safe. */
public abstract class ConnectionScope implements ConnectionActivation {

    private static final AtomicIntegerFieldUpdater<ConnectionScope> STATE =
            AtomicIntegerFieldUpdater.newUpdater(ConnectionScope.class, "state");

    // The state counts the active entries above these flags.
    private static final int BEGUN = 1;
    private static final int CLOSED = 2;
    private static final int ENDED = 4;
    private static final int ENTRY = 8;

    private final ConnectionScopedContext context;
    private volatile int state;
    private volatile @Nullable ScopedInstances instances;

    @GuardedBy("this")
    private boolean destroying;

    private volatile boolean ended;

    protected ConnectionScope(ConnectionScopedContext context) {
        this.context = context;
    }

    /** Returns the stream of the connection. */
    public abstract SocketStream stream();

    ConnectionScopedContext context() {
        return context;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public Active enter() {
        return enterIfAlive()
                .orElseThrow(() -> new IllegalStateException(
                        stream() + ": the connection and its scope have ended. Enter it while the stream is open"));
    }

    /** Empty if the connection has ended. */
    Optional<Active> enterIfAlive() {
        int before;
        do {
            before = state;
            if (ended || (before & CLOSED) != 0 && !ScopeActivation.isIn(this)) {
                return Optional.empty();
            }
        } while (!STATE.compareAndSet(this, before, (before | BEGUN) + ENTRY));
        ScopeActivation activation = ScopeActivation.activate(this);
        if ((before & BEGUN) == 0) {
            begin(activation);
        }
        return Optional.of(activation);
    }

    private void begin(ScopeActivation activation) {
        try {
            context.events().fire(ScopeEvents.INITIALIZED, stream());
        } catch (Throwable t) {
            activation.leave();
            throw t;
        }
    }

    void exit() {
        STATE.addAndGet(this, -ENTRY);
        endIfUnused();
    }

    /** Called after the stream was closed. */
    public void streamClosed() {
        if (STATE.compareAndSet(this, 0, CLOSED | ENDED)) {
            ended = true; // It was never entered.
            return;
        }
        context.addClosing(this); // First, because another thread may end the scope as soon as it is marked as closed.
        STATE.getAndUpdate(this, now -> now | CLOSED);
        endIfUnused();
    }

    private void endIfUnused() {
        int now = state;
        while ((now & (CLOSED | ENDED)) == CLOSED && now < ENTRY) {
            if (STATE.compareAndSet(this, now, now | ENDED)) {
                end();
                return;
            }
            now = state;
        }
    }

    /** Ends the scope even if threads are still in it. */
    void endNow() {
        int before = STATE.getAndUpdate(this, now -> now | CLOSED | ENDED);
        if ((before & ENDED) == 0) {
            end();
        }
    }

    private void end() {
        context.removeClosing(this);
        ScopeEvents events = context.events();
        ScopeActivation activation = ScopeActivation.activate(this);
        try {
            events.fireQuietly(ScopeEvents.BEFORE_DESTROYED, stream());
            ScopedInstances existing = startDestroying();
            if (existing != null) {
                existing.destroyAll();
            }
        } finally {
            ended = true;
            activation.deactivate();
        }
        events.fireQuietly(ScopeEvents.DESTROYED, stream());
    }

    private synchronized @Nullable ScopedInstances startDestroying() {
        destroying = true;
        return instances;
    }

    /** The instances; null if none was created yet. */
    @Nullable
    ScopedInstances existingInstances() {
        return instances;
    }

    /** The instances, allocated on first use: most connections have none. */
    ScopedInstances instances() {
        ScopedInstances known = instances;
        return known != null ? known : createInstances();
    }

    private synchronized ScopedInstances createInstances() {
        ScopedInstances known = instances;
        if (known == null) {
            known = new ScopedInstances(stream());
            instances = known;
            if (destroying) {
                known.close();
            }
        }
        return known;
    }
}
