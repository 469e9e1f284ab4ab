package io.sluice.internal.cdi.endpoint;

import io.sluice.server.MessageHandler.Replies;
import io.sluice.server.ServerConnection;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Handles messages in the scope of their connection.
 *
 * @param <S> the stream class
 * @param <M> the type of the messages
 */
interface MessageFunctions<S extends SocketStream, M> {

    /** Handles a message. Returns a stage if its result comes later, which {@link #complete} sends; otherwise null. */
    @Nullable
    CompletionStage<?> handle(S stream, ServerConnection connection, M message, Replies replies) throws Exception;

    /** Sends a result that came later. */
    void complete(@Nullable Object result, Replies replies) throws SocketStreamException;
}
