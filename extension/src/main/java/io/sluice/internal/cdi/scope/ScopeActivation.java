package io.sluice.internal.cdi.scope;

import io.sluice.stream.ConnectionActivation.Active;
import org.jspecify.annotations.Nullable;

/** A thread's stay in a connection: the innermost one is current, of each container, as a thread may be in several. */
final class ScopeActivation implements Active {

    private static final ThreadLocal<ScopeActivation> CURRENT = new ThreadLocal<>();

    private final @Nullable ConnectionScope scope;
    private final @Nullable ScopeActivation outer;

    private ScopeActivation(@Nullable ConnectionScope scope) {
        this.scope = scope;
        this.outer = CURRENT.get();
        CURRENT.set(this);
    }

    static ScopeActivation in(ConnectionScope scope) {
        return new ScopeActivation(scope);
    }

    /** Hides all connections until it ends. */
    static ScopeActivation nowhere() {
        return new ScopeActivation(null);
    }

    static @Nullable ConnectionScope current() {
        ScopeActivation stay = CURRENT.get();
        return stay == null ? null : stay.scope;
    }

    /** The current connection among those of one container. */
    static @Nullable ConnectionScope current(ConnectionScopedContext of) {
        for (ScopeActivation stay = CURRENT.get(); stay != null && stay.scope != null; stay = stay.outer) {
            if (stay.scope.context() == of) {
                return stay.scope;
            }
        }
        return null;
    }

    static boolean isIn(ConnectionScope scope) {
        for (ScopeActivation stay = CURRENT.get(); stay != null && stay.scope != null; stay = stay.outer) {
            if (stay.scope == scope) {
                return true;
            }
        }
        return false;
    }

    void end() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    @Override
    public void leave() {
        end();
        if (scope != null) {
            scope.left();
        }
    }
}
