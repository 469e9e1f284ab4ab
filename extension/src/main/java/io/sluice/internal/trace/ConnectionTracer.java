package io.sluice.internal.trace;

import io.sluice.event.ConnectionEvent;
import io.sluice.event.HandshakeStarted;
import io.sluice.stream.SocketStream;
import org.jspecify.annotations.Nullable;

/**
 * Traces connections. A bean with this type is called on the threads where things happen, unlike a listener, so it knows what is current
 * there. It must not wait. What it throws is logged. Thread-safe.
 */
public interface ConnectionTracer {

    /**
     * A handshake begins on this thread.
     *
     * @param event the facts
     * @return hears of its end, perhaps on another thread
     */
    HandshakeTrace handshake(HandshakeStarted event);

    /**
     * The method of an endpoint, or the function of a server, begins to serve a stream on this thread.
     *
     * @param connection the connection
     * @param stream the stream
     * @param handshake the last handshake of the connection; null if it had none
     * @return hears of its end, on the same thread
     */
    CallTrace call(ConnectionEvent connection, SocketStream stream, @Nullable HandshakeTrace handshake);
}
