package io.sluice.server;

import io.sluice.stream.SocketStream;
import java.io.IOException;

/**
 * Starts servers from code; injected without a qualifier. The Java form of LispWorks' {@code start-up-server}. Servers still
 * running when the container stops are terminated first. Safe for use by several threads.
 */
public interface SocketServers {

    /**
     * Binds the port and serves streams, each made by the creator of the context, with its interceptors and decorators. A
     * failed connection is fired as a {@link ConnectionFailed} event.
     *
     * @param start what to serve, and how to listen
     * @param <S> the stream class
     * @return the server, running
     * @throws IOException if the port cannot be bound: names the server and the address
     * @throws IllegalArgumentException if there is no context of that name
     * @throws IllegalStateException if the container has stopped
     */
    <S extends SocketStream> SocketServer startUp(ServerStart<S> start) throws IOException;
}
