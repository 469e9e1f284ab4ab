package io.sluice.internal.cdi.scope;

import io.sluice.internal.cdi.container.ThreadBound;
import io.sluice.stream.ConnectionActivation.Active;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The activation of a connection's scope on a thread. A thread may have several; the innermost one of each container is current. */
final class ScopeActivation implements Active {

    private static final ThreadBound<ScopeActivation> CURRENT = new ThreadBound<>();

    private final @Nullable ConnectionScope scope;
    private final @Nullable ScopeActivation outer;

    private ScopeActivation(@Nullable ConnectionScope scope) {
        this.scope = scope;
        this.outer = CURRENT.bind(this);
    }

    static ScopeActivation activate(ConnectionScope scope) {
        return new ScopeActivation(scope);
    }

    /** Hides all connections until this activation ends. */
    static ScopeActivation suspend() {
        return new ScopeActivation(null);
    }

    static @Nullable ConnectionScope current() {
        ScopeActivation each = CURRENT.get();
        return each == null ? null : each.scope;
    }

    /** The current connection among those of one container. */
    static @Nullable ConnectionScope current(ConnectionScopedContext of) {
        return innermost(scope -> scope.context() == of);
    }

    static boolean isIn(ConnectionScope scope) {
        return innermost(other -> other == scope) != null;
    }

    private static @Nullable ConnectionScope innermost(Predicate<ConnectionScope> condition) {
        for (ScopeActivation each = CURRENT.get(); each != null && each.scope != null; each = each.outer) {
            if (condition.test(each.scope)) {
                return each.scope;
            }
        }
        return null;
    }

    void deactivate() {
        CURRENT.restore(outer);
    }

    @Override
    public void leave() {
        deactivate();
        if (scope != null) {
            scope.exit();
        }
    }
}
