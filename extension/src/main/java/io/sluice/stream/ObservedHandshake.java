package io.sluice.stream;

import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.transport.HandshakeListener;

/** Tells an observer of a connection about its handshake. */
record ObservedHandshake(StreamConnection connection, ConnectionPlan plan, ObservedConnection observed)
        implements HandshakeListener {

    @Override
    public void begun() {
        observed.handshakeBegun(ReloadableContext.behind(plan.context()).map(ReloadableContext::name), plan.side());
    }

    @Override
    public void completed() {
        connection.tls().ifPresent(observed::handshakeCompleted);
    }
}
