package io.sluice.internal.cdi.event;

import io.sluice.event.ConnectionEvent;
import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeFailed;
import io.sluice.event.HandshakeStarted;
import io.sluice.internal.trace.CallTrace;
import io.sluice.internal.trace.ConnectionTracer;
import io.sluice.internal.trace.HandshakeTrace;
import io.sluice.stream.SocketStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps what a tracer throws from the connection: it is logged once, and the tracer misses that event. Thread-safe. */
final class GuardedTracer implements ConnectionTracer {

    private static final Logger LOG = System.getLogger(GuardedTracer.class.getName());

    private final ConnectionTracer tracer;
    private final AtomicBoolean warned = new AtomicBoolean();

    GuardedTracer(ConnectionTracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public HandshakeTrace handshake(HandshakeStarted event) {
        return new Guarded(begin(() -> tracer.handshake(event)));
    }

    @Override
    public CallTrace call(ConnectionEvent connection, SocketStream stream, @Nullable HandshakeTrace handshake) {
        HandshakeTrace before = handshake instanceof Guarded guarded ? guarded.trace : null;
        CallTrace call = begin(() -> tracer.call(connection, stream, before));
        return failure -> tell(call, known -> known.ended(failure));
    }

    private final class Guarded implements HandshakeTrace {

        private final @Nullable HandshakeTrace trace;

        Guarded(@Nullable HandshakeTrace trace) {
            this.trace = trace;
        }

        @Override
        public void completed(HandshakeCompleted event) {
            tell(trace, known -> known.completed(event));
        }

        @Override
        public void failed(HandshakeFailed event) {
            tell(trace, known -> known.failed(event));
        }
    }

    private <T> @Nullable T begin(Supplier<T> beginning) {
        try {
            return beginning.get();
        } catch (RuntimeException | Error e) {
            warn(e);
            return null;
        }
    }

    private <T> void tell(@Nullable T trace, Consumer<T> fact) {
        if (trace != null) {
            try {
                fact.accept(trace);
            } catch (RuntimeException | Error e) {
                warn(e);
            }
        }
    }

    private void warn(Throwable failure) {
        if (warned.compareAndSet(false, true)) {
            LOG.log(Level.WARNING, "a tracer of connections failed. Its further failures are not logged", failure);
        }
    }
}
