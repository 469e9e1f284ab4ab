package io.sluice.server;

import io.sluice.stream.SocketStream;

/**
 * Serves streams. Each call is on the connection's own thread.
 *
 * @param <S> the stream class
 */
@FunctionalInterface
public interface StreamFunction<S extends SocketStream> {

    /**
     * Serves one stream, in its connection's scope ({@link ConnectionScoped}). The server closes the stream when the call returns or
     * throws. If it throws, the connection ends without close_notify ({@link SocketStream#abort()}), so that the peer can see that the
     * answer is incomplete. If it throws an exception from a read of the same stream, such as a read timeout, the connection is closed
     * gracefully.
     *
     * @param stream the stream
     * @param connection the stream's connection, which says when to finish
     * @throws Exception to end this connection and no other
     */
    void serve(S stream, ServerConnection connection) throws Exception;
}
