package io.sluice.server;

import io.sluice.stream.SocketStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Starts servers from code, and lists the running ones, endpoints included. Injected without a qualifier. The Java form of LispWorks'
 * {@code start-up-server}. Servers that still run when the container stops are terminated first. Thread-safe.
 */
public interface SocketServers {

    /**
     * Starts a server of streams. The creator of the context creates them, with its interceptors and decorators. A failed connection is
     * fired as a {@link ConnectionFailed} event, and the start as {@link ServerStarted}.
     *
     * @param start the server to start
     * @param <S> the stream class
     * @return the running server
     * @throws IOException if the port cannot be bound: names the server and the address
     * @throws IllegalArgumentException if there is no context of that name, or the stream class or an initarg is invalid
     * @throws IllegalStateException if the container has stopped
     */
    <S extends SocketStream> SocketServer startUp(ServerStart<S> start) throws IOException;

    /**
     * Starts a server of sockets: each connection is passed on without a stream and without a connection scope. The server closes the
     * socket when the handler returns or throws. The same events are fired as for streams.
     *
     * @param settings the settings of the server
     * @param handler serves each connection
     * @return the running server
     * @throws IOException if the port cannot be bound: names the server and the address
     * @throws IllegalArgumentException if the settings have a PROXY protocol, which is read only when a stream is created
     * @throws IllegalStateException if the container has stopped
     */
    SocketServer startUp(ServerSettings settings, ConnectionHandler handler) throws IOException;

    /**
     * Lists the running servers, endpoints included.
     *
     * @return the servers that currently accept connections, in no order
     */
    List<SocketServer> running();

    /**
     * Describes the enabled endpoints, also those that do not listen, and the servers that were started from code and have not ended.
     *
     * @return a description of each, the endpoints first; unmodifiable
     */
    List<ServerDescription> describe();

    /**
     * Finds a running server by name, for example to get the actual port of an endpoint.
     *
     * @param name the server's or endpoint's name
     * @return the server; empty if no server of that name accepts connections. If several do, any of them
     */
    default Optional<SocketServer> named(String name) {
        return running().stream().filter(server -> server.name().equals(name)).findAny();
    }
}
