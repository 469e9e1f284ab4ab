package io.sluice.server;

import io.sluice.stream.SocketStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Starts servers from code, and knows those that run, endpoints included; injected without a qualifier. The Java form of LispWorks'
 * {@code start-up-server}. Servers still running when the container stops are terminated first. Safe for use by several threads.
 */
public interface SocketServers {

    /**
     * Binds the port and serves streams, each made by the creator of the context, with its interceptors and decorators. A
     * failed connection is fired as a {@link ConnectionFailed} event, and the start as {@link ServerStarted}.
     *
     * @param start what to serve, and how to listen
     * @param <S> the stream class
     * @return the server, running
     * @throws IOException if the port cannot be bound: names the server and the address
     * @throws IllegalArgumentException if there is no context of that name
     * @throws IllegalStateException if the container has stopped
     */
    <S extends SocketStream> SocketServer startUp(ServerStart<S> start) throws IOException;

    /**
     * Binds the port and hands each connection over as the socket that it is: no stream is made, and no connection scope
     * begins. The server closes the socket when the handler returns or throws. A failed connection and the start are fired as
     * for streams.
     *
     * @param settings how to listen
     * @param handler serves each connection
     * @return the server, running
     * @throws IOException if the port cannot be bound: names the server and the address
     * @throws IllegalArgumentException if the settings have a PROXY protocol, which is read where a stream is made
     * @throws IllegalStateException if the container has stopped
     */
    SocketServer startUp(ServerSettings settings, ConnectionHandler handler) throws IOException;

    /**
     * The servers that run, endpoints among them.
     *
     * @return those that accept connections at this moment, in no order
     */
    List<SocketServer> running();

    /**
     * A server that runs, by its name: so an endpoint tells which port it was given.
     *
     * @param name the server's or endpoint's name
     * @return the server; empty if none of that name accepts connections. Of several of one name, any
     */
    default Optional<SocketServer> named(String name) {
        return running().stream().filter(server -> server.name().equals(name)).findAny();
    }
}
