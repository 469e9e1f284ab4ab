package io.sluice.internal.cdi.scope;

import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;

/**
 * Carries the current connection to the threads of managed executors, where there is Jakarta Concurrency: it finds this class
 * as a service. Nothing else here refers to it, because elsewhere it cannot be loaded.
 */
public final class ConnectionThreadContextProvider implements ThreadContextProvider {

    /** For the service loader. */
    public ConnectionThreadContextProvider() {}

    @Override
    public ThreadContextSnapshot currentContext(Map<String, String> properties) {
        ConnectionScope scope = ScopeActivation.current();
        return scope == null ? ConnectionThreadContextProvider::cleared : () -> within(scope);
    }

    @Override
    public ThreadContextSnapshot clearedContext(Map<String, String> properties) {
        return ConnectionThreadContextProvider::cleared;
    }

    private static ThreadContextRestorer cleared() {
        return ScopeActivation.suspend()::leave;
    }

    /** A task that runs late is in no connection, and told so where it uses one. */
    private static ThreadContextRestorer within(ConnectionScope scope) {
        return scope.enterIfAlive().orElseGet(ScopeActivation::suspend)::leave;
    }

    @Override
    public String getThreadContextType() {
        return "sluice.connection";
    }
}
