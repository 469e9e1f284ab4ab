package io.sluice.internal.cdi.scope;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.stream.ConnectionActivation;
import io.sluice.stream.SocketStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The scope of one connection, from its first entry until the stream is closed and every thread has left. Thread-safe. */
public final class ConnectionScope implements ConnectionActivation {

    // The state counts the active entries above these flags.
    private static final int BEGUN = 1;
    private static final int CLOSED = 2;
    private static final int ENDED = 4;
    private static final int ENTRY = 8;

    private final ConnectionScopedContext context;
    private final SocketStream stream;
    private final AtomicInteger state = new AtomicInteger();
    private volatile @Nullable ScopedInstances instances;

    @GuardedBy("this")
    private boolean destroying;

    private volatile boolean ended;

    public ConnectionScope(ConnectionScopedContext context, SocketStream stream) {
        this.context = context;
        this.stream = stream;
    }

    ConnectionScopedContext context() {
        return context;
    }

    SocketStream stream() {
        return stream;
    }

    boolean isEnded() {
        return ended;
    }

    @Override
    public Active enter() {
        return enterIfAlive()
                .orElseThrow(() -> new IllegalStateException(
                        stream + ": the connection and its scope have ended. Enter it while the stream is open"));
    }

    /** Empty if the connection has ended. */
    Optional<Active> enterIfAlive() {
        int before;
        do {
            before = state.get();
            if (ended || (before & CLOSED) != 0 && !ScopeActivation.isIn(this)) {
                return Optional.empty();
            }
        } while (!state.compareAndSet(before, (before | BEGUN) + ENTRY));
        ScopeActivation activation = ScopeActivation.activate(this);
        if ((before & BEGUN) == 0) {
            begin(activation);
        }
        return Optional.of(activation);
    }

    private void begin(ScopeActivation activation) {
        try {
            context.events().fire(ScopeEvents.INITIALIZED, stream);
        } catch (Throwable t) {
            activation.leave();
            throw t;
        }
    }

    void exit() {
        state.addAndGet(-ENTRY);
        endIfUnused();
    }

    /** Called after the stream was closed. */
    public void streamClosed() {
        if (state.compareAndSet(0, CLOSED | ENDED)) {
            ended = true; // It was never entered.
            return;
        }
        context.addClosing(this); // First, because another thread may end the scope as soon as it is marked as closed.
        state.getAndUpdate(now -> now | CLOSED);
        endIfUnused();
    }

    private void endIfUnused() {
        int now = state.get();
        while ((now & (CLOSED | ENDED)) == CLOSED && now < ENTRY) {
            if (state.compareAndSet(now, now | ENDED)) {
                end();
                return;
            }
            now = state.get();
        }
    }

    /** Ends the scope even if threads are still in it. */
    void endNow() {
        int before = state.getAndUpdate(now -> now | CLOSED | ENDED);
        if ((before & ENDED) == 0) {
            end();
        }
    }

    private void end() {
        context.removeClosing(this);
        ScopeEvents events = context.events();
        ScopeActivation activation = ScopeActivation.activate(this);
        try {
            events.fireQuietly(ScopeEvents.BEFORE_DESTROYED, stream);
            ScopedInstances existing = startDestroying();
            if (existing != null) {
                existing.destroyAll();
            }
        } finally {
            ended = true;
            activation.deactivate();
        }
        events.fireQuietly(ScopeEvents.DESTROYED, stream);
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
            known = new ScopedInstances(stream);
            instances = known;
            if (destroying) {
                known.close();
            }
        }
        return known;
    }
}
