package io.sluice.internal.cdi.event;

import io.sluice.event.ConnectionAccepted;
import io.sluice.event.ConnectionEnded;
import io.sluice.event.ConnectionEvent;
import io.sluice.event.ConnectionListener;
import io.sluice.event.ConnectionRefused;
import io.sluice.event.HandshakeCompleted;
import io.sluice.event.HandshakeEvent;
import io.sluice.event.HandshakeFailed;
import io.sluice.event.HandshakeStarted;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.TlsSession;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An event that has happened. Each kind knows its type in the API, and the listener's method for it. Immutable. */
sealed interface Occurrence extends ConnectionEvent {

    /** One of each kind, to ask the container who observes it. */
    @SuppressWarnings("NullAway") // Nobody gets them, so they need no session.
    static List<Occurrence> samples() {
        Moment moment = new Moment(0, Optional.empty(), InetSocketAddress.createUnresolved("none", 0), Instant.EPOCH);
        Offer offer = new Offer(Optional.empty(), false);
        return List.of(
                new Accepted(moment),
                new Refused(moment, ConnectionRefused.Limit.ENDING),
                new Started(moment, offer),
                new Completed(moment, offer, Duration.ZERO, null),
                new Failed(moment, offer, Duration.ZERO, new SocketStreamException(Kind.CLOSED, "none")),
                new Ended(moment, ConnectionEnded.Reason.CLOSED, Optional.empty(), Duration.ZERO, 0, 0));
    }

    /** What all events of one moment of a connection have. */
    record Moment(long connection, Optional<String> endpoint, SocketAddress peer, Instant time) {}

    /** The facts of a handshake that do not change. */
    record Offer(Optional<String> context, boolean isClient) {}

    Moment moment();

    /** The type in the API. */
    Class<? extends ConnectionEvent> type();

    void tell(ConnectionListener listener);

    @Override
    default long connection() {
        return moment().connection();
    }

    @Override
    default Optional<String> endpoint() {
        return moment().endpoint();
    }

    @Override
    default SocketAddress peer() {
        return moment().peer();
    }

    @Override
    default Instant time() {
        return moment().time();
    }

    /** An event of a handshake. */
    sealed interface OfHandshake extends Occurrence, HandshakeEvent {

        Offer offer();

        @Override
        default Optional<String> context() {
            return offer().context();
        }

        @Override
        default boolean isClient() {
            return offer().isClient();
        }
    }

    /** A server has accepted a connection. */
    record Accepted(Moment moment) implements Occurrence, ConnectionAccepted {
        @Override
        public Class<ConnectionAccepted> type() {
            return ConnectionAccepted.class;
        }

        @Override
        public void tell(ConnectionListener listener) {
            listener.accepted(this);
        }
    }

    /** A server has refused a connection. */
    record Refused(Moment moment, Limit limit) implements Occurrence, ConnectionRefused {
        @Override
        public Class<ConnectionRefused> type() {
            return ConnectionRefused.class;
        }

        @Override
        public void tell(ConnectionListener listener) {
            listener.refused(this);
        }
    }

    /** A handshake has begun. */
    record Started(Moment moment, Offer offer) implements OfHandshake, HandshakeStarted {
        @Override
        public Class<HandshakeStarted> type() {
            return HandshakeStarted.class;
        }

        @Override
        public void tell(ConnectionListener listener) {
            listener.handshakeStarted(this);
        }
    }

    /** A handshake is complete. */
    record Completed(Moment moment, Offer offer, Duration duration, TlsSession session)
            implements OfHandshake, HandshakeCompleted {
        @Override
        public Class<HandshakeCompleted> type() {
            return HandshakeCompleted.class;
        }

        @Override
        public void tell(ConnectionListener listener) {
            listener.handshakeCompleted(this);
        }
    }

    /** A handshake has failed. */
    record Failed(Moment moment, Offer offer, Duration duration, SocketStreamException condition)
            implements OfHandshake, HandshakeFailed {
        @Override
        public Class<HandshakeFailed> type() {
            return HandshakeFailed.class;
        }

        @Override
        public void tell(ConnectionListener listener) {
            listener.handshakeFailed(this);
        }
    }

    /** A connection has ended. */
    record Ended(
            Moment moment,
            Reason reason,
            Optional<Throwable> failure,
            Duration duration,
            long bytesReceived,
            long bytesSent)
            implements Occurrence, ConnectionEnded {
        @Override
        public Class<ConnectionEnded> type() {
            return ConnectionEnded.class;
        }

        @Override
        public void tell(ConnectionListener listener) {
            listener.ended(this);
        }
    }
}
