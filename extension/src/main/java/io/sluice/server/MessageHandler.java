package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.message.FrameCodec;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Serves connections message by message. Between two messages, a connection has no thread. Thread-safe.
 *
 * @param <S> the stream class
 * @param <M> the type of the messages
 * @hidden
 */
@Internal
public interface MessageHandler<S extends SocketStream, M> {

    /** Sends the frames of a reply. */
    @FunctionalInterface
    interface Replies {

        /**
         * Sends a frame.
         *
         * @param frame buffers that together are the frame
         * @throws SocketStreamException if it cannot be sent
         */
        void send(ByteBuffer... frame) throws SocketStreamException;
    }

    /** {@return what cuts the bytes into messages} */
    FrameCodec<M> codec();

    /** {@return the limits of the messages} */
    MessageLimits limits();

    /**
     * Tells how long the client may take to send the first byte, before a thread creates its stream.
     *
     * @return the time, zero for no limit; empty if the stream is created at once, because the client need not speak first
     */
    Optional<Duration> waitForFirstByte();

    /**
     * Creates the stream of a connection, handshake included. The server closes it.
     *
     * @param connection the connection
     * @return the stream
     * @throws Exception the reason why there is none; the connection then ends
     */
    S open(ServerConnection connection) throws Exception;

    /**
     * Handles a message on a thread of the server, and sends the replies.
     *
     * @param stream the stream
     * @param connection its connection
     * @param message the message
     * @param replies sends the replies
     * @return null if the message is handled; otherwise a stage whose result is for {@link #complete}. Until then, no further message is
     *     handled
     * @throws Exception to end this connection and no other
     */
    @Nullable
    CompletionStage<?> handle(S stream, ServerConnection connection, M message, Replies replies) throws Exception;

    /**
     * Sends the result of the stage that {@link #handle} returned.
     *
     * @param stream the stream
     * @param connection its connection
     * @param result the result, which may be null
     * @param replies sends the replies
     * @throws Exception to end this connection and no other
     */
    void complete(S stream, ServerConnection connection, @Nullable Object result, Replies replies) throws Exception;
}
