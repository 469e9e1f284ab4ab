package io.sluice.stream;

import io.sluice.internal.Internal;
import java.io.UncheckedIOException;

/**
 * Ends a stream whose handler has failed. For servers; applications call {@link SocketStream#abort()}.
 *
 * @hidden
 */
@Internal
public final class HandlerFailure {

    private HandlerFailure() {}

    /**
     * Ends the stream without close_notify, so that the peer can see that the answer is incomplete. If the failure is what a
     * read of this stream threw (the read timeout passed, or the peer has gone), the stream stays open, and its owner closes
     * it in order.
     *
     * @param stream the stream that was served
     * @param failure what the handler threw
     */
    public static void end(SocketStream stream, Throwable failure) {
        if (!stream.connection().isOfRead(unwrapped(failure))) {
            stream.abort();
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
