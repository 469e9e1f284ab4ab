package io.sluice.internal.metrics;

import io.sluice.context.SslContexts;
import io.sluice.event.ConnectionListener;
import io.sluice.server.SocketServers;
import java.time.Clock;
import java.util.function.Function;

/** The metrics of one application, which a sink reports. Thread-safe. */
public final class ApplicationMetrics implements AutoCloseable {

    private final MetricSink sink;
    private final ConnectionFigures connections;
    private final ReloadFigures reloads;

    /**
     * Begins to report.
     *
     * @param servers the application's servers
     * @param contexts its contexts
     * @param sinks makes the sink, which reports what can be read
     */
    public ApplicationMetrics(SocketServers servers, SslContexts contexts, Function<Readings, MetricSink> sinks) {
        Readings readings = new Readings(servers, contexts, Clock.systemUTC());
        this.sink = sinks.apply(readings);
        this.connections = new ConnectionFigures(sink, readings);
        this.reloads = new ReloadFigures(sink, contexts);
        sink.refresh();
    }

    /**
     * Hears of connections.
     *
     * @return the listener, which the container calls
     */
    public ConnectionListener listener() {
        return connections;
    }

    /** A server has started. */
    public void serverStarted() {
        sink.refresh();
    }

    /**
     * A context uses new material.
     *
     * @param context its name
     */
    public void reloaded(String context) {
        reloads.done(context);
    }

    /**
     * New material of a context cannot be used.
     *
     * @param context its name
     */
    public void reloadFailed(String context) {
        reloads.failed(context);
    }

    @Override
    public void close() {
        sink.close();
    }
}
