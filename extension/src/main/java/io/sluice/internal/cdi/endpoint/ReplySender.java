package io.sluice.internal.cdi.endpoint;

import io.sluice.message.FrameCodec;
import io.sluice.message.FrameException;
import io.sluice.server.MessageHandler.Replies;
import io.sluice.stream.SocketStreamException;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends the result of a method of messages.
 *
 * @param endpoint describes the endpoint in a message
 * @param form what the method returns
 * @param codec makes the frames of the replies
 * @param <R> the type of the replies
 */
record ReplySender<R>(String endpoint, ReplyForm form, FrameCodec<R> codec) {

    /** Sends a result, unless it comes later: then this returns its stage, whose result is for {@link #sendNow}. */
    @Nullable
    CompletionStage<?> send(@Nullable Object result, Replies replies) throws SocketStreamException {
        if (result == null) {
            return null;
        }
        if (form.later()) {
            return (CompletionStage<?>) result;
        }
        sendNow(result, replies);
        return null;
    }

    void sendNow(@Nullable Object result, Replies replies) throws SocketStreamException {
        if (result == null) {
            return;
        }
        switch (form.shape()) {
            case NONE -> {}
            case ONE -> sendOne(result, replies);
            case OPTIONAL -> {
                Object value = ((Optional<?>) result).orElse(null);
                if (value != null) {
                    sendOne(value, replies);
                }
            }
            case ITERABLE -> sendAll(((Iterable<?>) result).iterator(), replies);
            case STREAM -> {
                try (Stream<?> stream = (Stream<?>) result) {
                    sendAll(stream.iterator(), replies);
                }
            }
        }
    }

    private void sendAll(Iterator<?> all, Replies replies) throws SocketStreamException {
        while (all.hasNext()) {
            Object next = all.next();
            if (next == null) {
                throw new IllegalStateException(endpoint + ": the method's replies contain null. Leave it out");
            }
            sendOne(next, replies);
        }
    }

    @SuppressWarnings("unchecked") // The method's declared result has this type.
    private void sendOne(Object reply, Replies replies) throws SocketStreamException {
        try {
            replies.send(codec.encode((R) reply));
        } catch (FrameException e) {
            throw new IllegalStateException(endpoint + ": the reply cannot be a frame: " + e.getMessage(), e);
        }
    }
}
