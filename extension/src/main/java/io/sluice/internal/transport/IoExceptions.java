package io.sluice.internal.transport;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** Says what an I/O error on the socket means: by our own state first, because the JDK's classes vary with the kind of socket. */
final class IoExceptions {
    private IoExceptions() {}

    static TransportException of(Stage stage, IOException e, RawSocket raw) {
        if (raw.callWatch().expired()) {
            return stage == Stage.READ
                    ? new TransportException(stage, Fault.CLOSED, "the connection was ended because a write stalled", e)
                    : new TransportException(stage, Fault.TIMEOUT, "the peer took no bytes until the deadline", e);
        }
        if (!raw.isOpen()) {
            return new TransportException(stage, Fault.CLOSED, "the connection was closed by this side", e);
        }
        if (e instanceof SocketTimeoutException) {
            return new TransportException(stage, Fault.TIMEOUT, "no bytes came until the deadline", e);
        }
        if (e instanceof ClosedByInterruptException
                || Thread.currentThread().isInterrupted() && raw.socket().isClosed()) {
            return new TransportException(stage, Fault.INTERRUPTED, "the thread was interrupted", e);
        }
        if (raw.socket().isClosed()) {
            return new TransportException(stage, Fault.CLOSED, "the socket was closed by this side", e);
        }
        return byText(stage, e);
    }

    /** The JDK has no type for these; an unknown text, or one in another language, is a plain I/O error. */
    private static TransportException byText(Stage stage, IOException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("Broken pipe")) {
            return new TransportException(stage, Fault.PEER_CLOSED, "the peer has closed the connection", e);
        }
        if (text.contains("reset")) {
            return new TransportException(stage, Fault.RESET, "the peer reset the connection", e);
        }
        return new TransportException(stage, Fault.IO, "I/O error on the socket: " + text, e);
    }
}
