package io.sluice.internal.opentelemetry;

import io.sluice.internal.trace.ConnectionTracer;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import jakarta.enterprise.inject.spi.BeanManager;

/** The tracer of an application. */
final class Spans {

    private Spans() {}

    static ConnectionTracer of(BeanManager beans, SocketServers servers) {
        return new SpanTracer(
                OpenTelemetrySource.of(beans).getTracer(OpenTelemetrySource.SCOPE),
                name -> servers.named(name).map(SocketServer::address).orElse(null));
    }
}
