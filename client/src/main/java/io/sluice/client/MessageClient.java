package io.sluice.client;

import io.sluice.message.CorrelatedCodec;
import io.sluice.stream.SocketStreamException;

/**
 * Sends messages over connections that the client keeps open, and receives the replies. Inject it with {@link SocketClient}. The bean of
 * type {@code FrameCodec<M>} translates the messages; one with the qualifier of the client takes precedence. Thread-safe. Implemented by
 * Sluice only, so later versions may add methods.
 *
 * <p>A connection carries one request at a time. With {@code shared} and a {@link CorrelatedCodec}, one connection carries the requests of
 * all callers at the same time.
 *
 * @param <M> the type of the messages
 */
public interface MessageClient<M> {

    /**
     * Sends a request and waits for its reply. It sends the request once: if it fails, the server may or may not have acted on it.
     *
     * @param request the request
     * @return the reply
     * @throws SocketStreamException if there is no connection, as with {@link StreamClient#call}; if the connection fails; or if no complete
     *     reply arrives within {@code reply-timeout} ({@code READ_TIMEOUT})
     */
    M request(M request) throws SocketStreamException;

    /**
     * Sends a message that has no reply. The message has been given to the system when the call returns; the server may not have received
     * it.
     *
     * @param message the message
     * @throws SocketStreamException if there is no connection, or if it fails
     */
    void send(M message) throws SocketStreamException;
}
