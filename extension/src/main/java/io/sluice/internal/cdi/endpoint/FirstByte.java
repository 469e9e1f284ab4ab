package io.sluice.internal.cdi.endpoint;

import io.sluice.context.SslContextSpecifier;
import io.sluice.stream.Initarg;
import io.sluice.stream.StreamFactory;
import java.time.Duration;
import java.util.Optional;

/** How long a server waits for the first byte of a client before it creates a stream. */
final class FirstByte {

    /** For a balancer's header. */
    private static final Duration HEADER = Duration.ofSeconds(10);

    private FirstByte() {}

    /** Empty if the client need not speak first. */
    static Optional<Duration> limit(
            StreamFactory streams, SslContextSpecifier context, boolean hasHeader, Initarg... initargs) {
        Optional<Duration> handshake = handshake(streams, context, initargs);
        return hasHeader && handshake.isEmpty() ? Optional.of(HEADER) : handshake;
    }

    private static Optional<Duration> handshake(
            StreamFactory streams, SslContextSpecifier context, Initarg... initargs) {
        try {
            return streams.serverHandshake(context, initargs);
        } catch (RuntimeException e) {
            return Optional
                    .empty(); // The context is the application's own, and the creation of the stream reports this.
        }
    }
}
