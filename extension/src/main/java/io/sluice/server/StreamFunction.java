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
     * throws. What it throws ends the connection without close_notify, so that the peer does not take a half-made answer for a
     * whole one ({@link SocketStream#abort()}). A condition that a read of the same stream threw is an orderly end: the read
     * timeout, or the peer's end.
     *
     * @param stream the stream
     * @param connection what the stream was made of: says when to finish
     * @throws Exception what ends this connection and no other
     */
    void serve(S stream, ServerConnection connection) throws Exception;
}
