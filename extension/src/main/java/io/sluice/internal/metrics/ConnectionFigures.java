package io.sluice.internal.metrics;

import io.sluice.event.ConnectionEnded;
import io.sluice.event.ConnectionEnded.Reason;
import io.sluice.event.ConnectionEvent;
import io.sluice.event.ConnectionListener;
import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeEvent;
import io.sluice.event.HandshakeFailed;
import io.sluice.event.HandshakeStarted;
import org.jspecify.annotations.Nullable;

/** Records what the events of connections tell. */
final class ConnectionFigures implements ConnectionListener {

    private final MetricSink sink;
    private final ActiveHandshakes handshakes;

    ConnectionFigures(MetricSink sink, Readings readings) {
        this.sink = sink;
        this.handshakes = readings.handshakes();
    }

    @Override
    public void handshakeStarted(HandshakeStarted event) {
        handshakes.begin(
                event.connection(), Labels.of(context(event), endpoint(event), side(event)), System.nanoTime());
    }

    @Override
    public void handshakeCompleted(HandshakeCompleted event) {
        handshakes.end(event.connection());
        record(
                event,
                TlsVersions.of(event.session().protocol()),
                Boolean.toString(event.session().resumed()),
                null,
                event.duration().toNanos());
    }

    @Override
    public void handshakeFailed(HandshakeFailed event) {
        handshakes.end(event.connection());
        record(
                event,
                null,
                null,
                ErrorTypes.of(event.condition()),
                event.duration().toNanos());
    }

    private void record(
            HandshakeEvent event,
            @Nullable String version,
            @Nullable String resumed,
            @Nullable String failure,
            long nanos) {
        sink.record(
                Metric.HANDSHAKE_DURATION,
                Labels.of(context(event), endpoint(event), side(event), version, resumed, failure),
                nanos);
    }

    @Override
    public void ended(ConnectionEnded event) {
        handshakes.end(event.connection());
        @Nullable String endpoint = endpoint(event);
        @Nullable
        String failure = event.reason() == Reason.FAILED
                ? event.failure().map(ErrorTypes::of).orElse(ErrorTypes.OTHER)
                : null;
        sink.record(
                Metric.CONNECTION_DURATION,
                Labels.of(endpoint, event.reason().name(), failure),
                event.duration().toNanos());
        sink.add(Metric.NETWORK_IO, Labels.of(endpoint, "receive"), event.bytesReceived());
        sink.add(Metric.NETWORK_IO, Labels.of(endpoint, "transmit"), event.bytesSent());
    }

    private static @Nullable String endpoint(ConnectionEvent event) {
        return event.endpoint().orElse(null);
    }

    private static @Nullable String context(HandshakeEvent event) {
        return event.context().orElse(null);
    }

    private static String side(HandshakeEvent event) {
        return event.isClient() ? "client" : "server";
    }
}
