package io.sluice.internal.cdi.endpoint;

import io.sluice.message.FrameCodec;
import io.sluice.server.MessageHandler;
import io.sluice.server.MessageLimits;
import io.sluice.server.ServerConnection;
import io.sluice.stream.ConnectionActivation.Active;
import io.sluice.stream.Initarg;
import io.sluice.stream.ObservedConnection;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import io.sluice.stream.StreamFactory;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Creates a stream for each connection, handshake included, and handles its messages in the connection's scope.
 *
 * @param creator creates the streams
 * @param streamClass the class of the streams
 * @param codec cuts the bytes into messages
 * @param limits the limits of the messages
 * @param firstByte how long a client that speaks first may take for that
 * @param functions handle the messages
 * @param initargs the arguments of each creation, immutable
 * @param <S> the stream class
 * @param <M> the type of the messages
 */
record MessageStreamHandler<S extends SocketStream, M>(
        SocketStreamCreator creator,
        Class<S> streamClass,
        FrameCodec<M> codec,
        MessageLimits limits,
        Supplier<Optional<Duration>> firstByte,
        MessageFunctions<S, M> functions,
        List<Initarg> initargs)
        implements MessageHandler<S, M> {

    @Override
    public Optional<Duration> waitForFirstByte() {
        return firstByte.get();
    }

    @Override
    public S open(ServerConnection connection) throws Exception {
        S stream = creator.create(connection.socket(), streamClass, connection.initargs(initargs))
                .orElseThrow();
        connection.closeThrough(stream);
        connection.followContextOf(stream);
        return stream;
    }

    @Override
    public @Nullable CompletionStage<?> handle(S stream, ServerConnection connection, M message, Replies replies)
            throws Exception {
        ServerConnection outer = CurrentConnection.bind(connection);
        try {
            Active active = StreamFactory.enter(stream);
            ObservedConnection.Call call = ObservedConnection.Call.UNOBSERVED;
            try {
                call = connection.called(stream);
                CompletionStage<?> later = functions.handle(stream, connection, message, replies);
                call.ended(null);
                return later;
            } catch (Throwable failure) {
                call.ended(failure);
                throw failure;
            } finally {
                active.leave();
            }
        } finally {
            CurrentConnection.restore(outer);
        }
    }

    @Override
    public void complete(S stream, ServerConnection connection, @Nullable Object result, Replies replies)
            throws Exception {
        ServerConnection outer = CurrentConnection.bind(connection);
        try {
            Active active = StreamFactory.enter(stream);
            try {
                functions.complete(result, replies);
            } finally {
                active.leave();
            }
        } finally {
            CurrentConnection.restore(outer);
        }
    }
}
