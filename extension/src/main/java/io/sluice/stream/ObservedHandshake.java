package io.sluice.stream;

import io.sluice.internal.context.ClientCertificates;
import io.sluice.internal.context.handshake.RefusedCertificates;
import io.sluice.internal.tls.HandshakeEvidence;
import io.sluice.internal.transport.HandshakeListener;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Tells an observer of a connection about its handshake. */
record ObservedHandshake(
        StreamConnection connection, ConnectionPlan plan, SSLEngine engine, ObservedConnection observed)
        implements HandshakeListener {

    @Override
    public void begun() {
        observed.handshakeBegun(plan.contextName(), plan.side());
    }

    @Override
    public boolean wantsHello() {
        return observed.wantsHello();
    }

    @Override
    public void completed(@Nullable ByteBuffer hello) {
        connection.tls().ifPresent(session -> observed.handshakeCompleted(session, hello));
    }

    @Override
    public void failed(Supplier<@Nullable HandshakeEvidence> evidence) {
        observed.handshakeExplained(() -> {
            HandshakeEvidence seen = evidence.get();
            return seen == null
                    ? null
                    : seen.with(
                            RefusedCertificates.of(engine),
                            ClientCertificates.requestedIssuers(engine),
                            ClientCertificates.whyNone(engine).isPresent());
        });
    }
}
