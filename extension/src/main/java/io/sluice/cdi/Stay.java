package io.sluice.cdi;

import io.sluice.stream.ConnectionActivation.Active;
import org.jspecify.annotations.Nullable;

/** A thread's stay in a connection: the innermost one is current, of each container, as a thread may be in several. */
final class Stay implements Active {

    private static final ThreadLocal<Stay> CURRENT = new ThreadLocal<>();

    private final @Nullable ConnectionScope scope;
    private final @Nullable Stay outer;

    private Stay(@Nullable ConnectionScope scope) {
        this.scope = scope;
        this.outer = CURRENT.get();
        CURRENT.set(this);
    }

    static Stay in(ConnectionScope scope) {
        return new Stay(scope);
    }

    /** Hides all connections until it ends. */
    static Stay nowhere() {
        return new Stay(null);
    }

    static @Nullable ConnectionScope current() {
        Stay stay = CURRENT.get();
        return stay == null ? null : stay.scope;
    }

    /** The current connection among those of one container. */
    static @Nullable ConnectionScope current(ConnectionContext of) {
        for (Stay stay = CURRENT.get(); stay != null && stay.scope != null; stay = stay.outer) {
            if (stay.scope.context() == of) {
                return stay.scope;
            }
        }
        return null;
    }

    static boolean isIn(ConnectionScope scope) {
        for (Stay stay = CURRENT.get(); stay != null && stay.scope != null; stay = stay.outer) {
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
