package io.sluice.server;

import io.sluice.message.FrameCodec;
import io.sluice.stream.HandlerFailure;
import io.sluice.stream.Intake;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a connection, and its frames.
 *
 * @param stream the stream
 * @param intake its bytes
 * @param frames the frames that have arrived
 * @param <S> the stream class
 * @param <M> the type of the messages
 */
record Conversation<S extends SocketStream, M>(S stream, Intake intake, ReceivedFrames<M> frames) {

    static <S extends SocketStream, M> Conversation<S, M> over(S stream, MessageHandler<S, M> handler) {
        Intake intake = Intake.of(stream);
        return new Conversation<>(
                stream,
                intake,
                new ReceivedFrames<>(handler.codec(), handler.limits().maxFrame(), intake));
    }

    /** Whether the peer has begun a frame, or a TLS record. */
    boolean hasBegun() {
        return !frames.isEmpty() || intake.holdsBytes();
    }

    /** Gives back the memory that is not needed while the connection waits. */
    void trim() {
        frames.trim();
        intake.trim();
    }

    /** Closes the stream: gracefully, unless a handler has failed. */
    void close(FrameCodec<M> codec, @Nullable Throwable failure) throws Exception {
        try (stream) {
            if (failure instanceof SocketStreamException condition) {
                sendLastReply(codec, condition);
            }
            if (failure != null) {
                HandlerFailure.end(stream, failure);
            }
        } finally {
            frames.release();
        }
    }

    private void sendLastReply(FrameCodec<M> codec, SocketStreamException condition) {
        switch (condition.kind()) {
            case FRAME_TOO_LONG, FRAME_INVALID, FRAME_TIMEOUT -> {
                ByteBuffer[] last = codec.lastReply(condition);
                if (last.length > 0) {
                    send(last);
                }
            }
            default -> {}
        }
    }

    private void send(ByteBuffer... last) {
        try {
            intake.reply(stream, last);
        } catch (SocketStreamException e) {
            // The peer cannot be reached any more.
        }
    }
}
