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
     * Ends the stream without close_notify, so that the peer can see that the answer is incomplete. If a read of this stream
     * threw the failure (because of a timeout, or because the peer left), the stream stays open and its owner closes it
     * gracefully.
     *
     * @param stream the stream that was served
     * @param failure the exception that the handler threw
     */
    public static void end(SocketStream stream, Throwable failure) {
        if (!stream.connection().isReadFailure(unwrapped(failure))) {
            stream.abort();
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
