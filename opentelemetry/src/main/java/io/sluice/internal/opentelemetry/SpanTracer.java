package io.sluice.internal.opentelemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.sluice.event.ConnectionEvent;
import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeFailed;
import io.sluice.event.HandshakeStarted;
import io.sluice.internal.metrics.Attribute;
import io.sluice.internal.metrics.ErrorTypes;
import io.sluice.internal.trace.CallTrace;
import io.sluice.internal.trace.ConnectionTracer;
import io.sluice.internal.trace.HandshakeTrace;
import io.sluice.stream.SocketStream;
import java.net.SocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each handshake and of each call of an endpoint. A handshake is a child of what is current on its thread. A call begins a
 * trace of its own, which is linked to the handshake before it, and is current while the application's code runs.
 */
final class SpanTracer implements ConnectionTracer {

    private final Tracer tracer;
    private final Function<String, @Nullable SocketAddress> servers;

    /**
     * Makes spans.
     *
     * @param tracer starts spans
     * @param servers finds the address of a server by its name
     */
    SpanTracer(Tracer tracer, Function<String, @Nullable SocketAddress> servers) {
        this.tracer = tracer;
        this.servers = servers;
    }

    /** A handshake's span. */
    private record HandshakeSpan(Span span) implements HandshakeTrace {

        @Override
        public void completed(HandshakeCompleted event) {
            TlsAttributes.set(span, event.session(), event.isClient());
            end(span, null);
        }

        @Override
        public void failed(HandshakeFailed event) {
            TlsAttributes.setUnestablished(span);
            end(span, event.condition());
        }
    }

    @Override
    public HandshakeTrace handshake(HandshakeStarted event) {
        SpanBuilder builder = tracer.spanBuilder(event.isClient() ? "TLS client handshake" : "TLS server handshake")
                .setSpanKind(SpanKind.INTERNAL);
        event.context().ifPresent(context -> builder.setAttribute(Attribute.CONTEXT.key(), context));
        event.endpoint().ifPresent(endpoint -> builder.setAttribute(Attribute.ENDPOINT.key(), endpoint));
        builder.setAttribute(Attribute.SIDE.key(), event.isClient() ? "client" : "server");
        SocketAddress server = event.endpoint().map(servers).orElse(null);
        AddressAttributes.set(builder, event.peer(), event.isClient(), server);
        return new HandshakeSpan(builder.startSpan());
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // The end of the call closes it.
    public CallTrace call(ConnectionEvent connection, SocketStream stream, @Nullable HandshakeTrace handshake) {
        String name = connection.endpoint().orElse(ErrorTypes.OTHER);
        SpanBuilder builder =
                tracer.spanBuilder(name).setSpanKind(SpanKind.SERVER).setAttribute(Attribute.ENDPOINT.key(), name);
        AddressAttributes.set(builder, connection.peer(), false, stream.localAddress());
        if (handshake instanceof HandshakeSpan before) {
            SpanContext link = before.span().getSpanContext();
            builder.addLink(link);
        }
        Span span = builder.startSpan();
        stream.tls().ifPresent(session -> TlsAttributes.set(span, session, false));
        Scope scope = span.makeCurrent();
        return failure -> {
            scope.close();
            end(span, failure);
        };
    }

    /** A condition's message says what to do. The message of another exception may say anything, so its class is enough. */
    private static void end(Span span, @Nullable Throwable failure) {
        if (failure != null) {
            span.setAttribute(Attribute.ERROR.key(), ErrorTypes.of(failure));
            span.setStatus(StatusCode.ERROR, Failures.description(failure));
        }
        span.end();
    }
}
