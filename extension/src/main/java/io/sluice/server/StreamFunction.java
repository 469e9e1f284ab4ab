package io.sluice.server;

import io.sluice.stream.SocketStream;

/**
 * Serves streams, each call on a thread of its connection's own.
 *
 * @param <S> the stream class
 */
@FunctionalInterface
public interface StreamFunction<S extends SocketStream> {

    /**
     * Serves one stream, in its connection's scope ({@link ConnectionScoped}). The server closes it when this returns or
     * throws. If it throws, the connection ends without close_notify ({@link SocketStream#abort()}), so that the peer can see that the
     * answer is incomplete. If it throws what a read of the same stream threw, such as the read timeout or the peer's end, the
     * connection is closed in order.
     *
     * @param stream the stream
     * @param connection what the stream was made of: says when to finish
     * @throws Exception what ends this connection and no other
     */
    void serve(S stream, ServerConnection connection) throws Exception;
}
