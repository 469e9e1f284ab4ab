package io.sluice.internal.cdi.scope;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.stream.ConnectionActivation;
import io.sluice.stream.SocketStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The scope of one connection: from the first entry until the stream is closed and nobody is in it. Thread-safe. */
public final class ConnectionScope implements ConnectionActivation {

    // The state counts the stays above these flags.
    private static final int BEGUN = 1;
    private static final int CLOSED = 2;
    private static final int ENDED = 4;
    private static final int STAY = 8;

    private final ConnectionScopedContext context;
    private final SocketStream stream;
    private final AtomicInteger state = new AtomicInteger();
    private volatile @Nullable ScopedInstances instances;

    @GuardedBy("this")
    private boolean destroying;

    private volatile boolean over;

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
        return over;
    }

    @Override
    public Active enter() {
        return enterIfAlive()
                .orElseThrow(() -> new IllegalStateException(stream
                        + ": the connection has ended, and so has its scope. Enter it while the stream is open"));
    }

    /** Empty if the connection has ended. */
    Optional<Active> enterIfAlive() {
        int before;
        do {
            before = state.get();
            if (over || (before & CLOSED) != 0 && !ScopeActivation.isIn(this)) {
                return Optional.empty();
            }
        } while (!state.compareAndSet(before, (before | BEGUN) + STAY));
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

    void left() {
        state.addAndGet(-STAY);
        endIfDue();
    }

    /** The stream was closed. */
    public void closed() {
        if (state.compareAndSet(0, CLOSED | ENDED)) {
            over = true; // Nobody has been in it.
            return;
        }
        context.lingers(this); // First: once it is known as closed, another thread may end it.
        state.getAndUpdate(now -> now | CLOSED);
        endIfDue();
    }

    private void endIfDue() {
        int now = state.get();
        while ((now & (CLOSED | ENDED)) == CLOSED && now < STAY) {
            if (state.compareAndSet(now, now | ENDED)) {
                end();
                return;
            }
            now = state.get();
        }
    }

    /** Ends it whoever is still in it. */
    void endNow() {
        int before = state.getAndUpdate(now -> now | CLOSED | ENDED);
        if ((before & ENDED) == 0) {
            end();
        }
    }

    private void end() {
        context.lingersNoMore(this);
        ScopeEvents events = context.events();
        ScopeActivation activation = ScopeActivation.activate(this);
        try {
            events.tell(ScopeEvents.BEFORE_DESTROYED, stream);
            ScopedInstances left = startDestroying();
            if (left != null) {
                left.destroyAll();
            }
        } finally {
            over = true;
            activation.deactivate();
        }
        events.tell(ScopeEvents.DESTROYED, stream);
    }

    private synchronized @Nullable ScopedInstances startDestroying() {
        destroying = true;
        return instances;
    }

    /** The instances made until now, if there are any. */
    @Nullable
    ScopedInstances made() {
        return instances;
    }

    /** The place for instances, kept from the first one on: most connections of a server without such beans have none. */
    ScopedInstances instances() {
        ScopedInstances known = instances;
        return known != null ? known : madeIfNone();
    }

    private synchronized ScopedInstances madeIfNone() {
        ScopedInstances known = instances;
        if (known == null) {
            known = new ScopedInstances(stream);
            instances = known;
            if (destroying) {
                known.refuseMore();
            }
        }
        return known;
    }
}
