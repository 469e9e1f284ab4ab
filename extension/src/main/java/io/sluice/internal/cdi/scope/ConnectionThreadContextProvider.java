package io.sluice.internal.cdi.scope;

import jakarta.enterprise.concurrent.spi.ThreadContextProvider;
import jakarta.enterprise.concurrent.spi.ThreadContextRestorer;
import jakarta.enterprise.concurrent.spi.ThreadContextSnapshot;
import java.util.Map;

/**
 * Propagates the current connection to the threads of managed executors. Jakarta Concurrency finds this class as a service. Nothing else
 * refers to it, because it cannot be loaded without Jakarta Concurrency.
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

    /** A task that starts after the connection has ended is in no connection. */
    private static ThreadContextRestorer within(ConnectionScope scope) {
        return scope.enterIfAlive().orElseGet(ScopeActivation::suspend)::leave;
    }

    @Override
    public String getThreadContextType() {
        return "sluice.connection";
    }
}
