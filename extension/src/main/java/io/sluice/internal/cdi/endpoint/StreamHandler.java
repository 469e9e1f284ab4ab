package io.sluice.internal.cdi.endpoint;

import io.sluice.server.ConnectionHandler;
import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.HandlerFailure;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import java.util.List;

/**
 * Makes a stream of each connection, handshake included, and serves that, in the connection's scope.
 *
 * @param creator makes the streams
 * @param streamClass their class
 * @param function serves them
 * @param initargs the arguments of each creation, immutable
 * @param <S> the stream class
 */
public record StreamHandler<S extends SocketStream>(
        SocketStreamCreator creator, Class<S> streamClass, StreamFunction<S> function, List<Initarg> initargs)
        implements ConnectionHandler {

    /**
     * Copies the initargs.
     *
     * @param creator makes the streams
     * @param streamClass their class
     * @param function serves them
     * @param initargs the arguments of each creation
     */
    public StreamHandler {
        initargs = List.copyOf(initargs);
    }

    @Override
    public void handle(ServerConnection connection) throws Exception {
        Initarg[] arguments = connection.initargs(initargs);
        try (S stream =
                creator.create(connection.socket(), streamClass, arguments).orElseThrow()) {
            connection.closeThrough(stream);
            serve(stream, connection);
        }
    }

    private void serve(S stream, ServerConnection connection) throws Exception {
        try {
            stream.inConnection(() -> function.serve(stream, connection));
        } catch (Throwable failure) {
            HandlerFailure.end(stream, failure);
            throw failure;
        }
    }
}
