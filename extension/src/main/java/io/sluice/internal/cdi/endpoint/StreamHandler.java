package io.sluice.internal.cdi.endpoint;

import io.sluice.server.ConnectionHandler;
import io.sluice.server.ServerConnection;
import io.sluice.server.StreamFunction;
import io.sluice.stream.ConnectionActivation.Active;
import io.sluice.stream.HandlerFailure;
import io.sluice.stream.Initarg;
import io.sluice.stream.ObservedConnection;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.StreamFactory;
import java.util.List;

/**
 * Creates a stream for each connection, handshake included, and serves it in the connection's scope.
 *
 * @param creator creates the streams
 * @param streamClass the class of the streams
 * @param function serves the streams
 * @param initargs the arguments of each creation, immutable
 * @param <S> the stream class
 */
public record StreamHandler<S extends SocketStream>(
        SocketStreamCreator creator, Class<S> streamClass, StreamFunction<S> function, List<Initarg> initargs)
        implements ConnectionHandler {

    @Override
    public void handle(ServerConnection connection) throws Exception {
        Initarg[] arguments = connection.initargs(initargs);
        try (S stream =
                creator.create(connection.socket(), streamClass, arguments).orElseThrow()) {
            connection.closeThrough(stream);
            ServerConnection outer = CurrentConnection.bind(connection);
            try {
                Active active = StreamFactory.enter(stream); // As inConnection does, without frames below the function.
                ObservedConnection.Call call = ObservedConnection.Call.UNOBSERVED;
                try {
                    connection.followContextOf(stream);
                    call = connection.called(stream);
                    function.serve(stream, connection);
                    call.ended(null);
                } catch (Throwable failure) {
                    call.ended(failure);
                    throw failure;
                } finally {
                    active.leave();
                }
            } catch (Throwable failure) {
                HandlerFailure.end(stream, failure);
                throw failure;
            } finally {
                CurrentConnection.restore(outer);
            }
        }
    }
}
