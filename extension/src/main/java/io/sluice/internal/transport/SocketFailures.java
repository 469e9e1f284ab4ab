package io.sluice.internal.transport;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;

/** Translates exceptions of sockets. */
final class SocketFailures {

    private SocketFailures() {}

    /** Interprets an I/O error, first by this side's state, because the JDK's exception types depend on the kind of socket. */
    static TransportException of(Stage stage, IOException e, RawSocket raw) {
        if (raw.watchdog().expired()) {
            return stage == Stage.READ
                    ? new TransportException(
                            stage, Reason.CLOSED, "the connection was ended because a write stalled", e)
                    : new TransportException(
                            stage, Reason.TIMEOUT, "the peer did not take the data before the deadline", e);
        }
        if (!raw.isOpen()) {
            return new TransportException(stage, Reason.CLOSED, "this side closed the connection", e);
        }
        if (e instanceof SocketTimeoutException) {
            return new TransportException(stage, Reason.TIMEOUT, "no data arrived within the read timeout", e);
        }
        if (e instanceof ClosedByInterruptException
                || Thread.currentThread().isInterrupted() && raw.socket().isClosed()) {
            return new TransportException(stage, Reason.INTERRUPTED, "the thread was interrupted", e);
        }
        if (raw.socket().isClosed()) {
            return new TransportException(stage, Reason.CLOSED, "this side closed the socket", e);
        }
        return byText(stage, e);
    }

    /** The JDK has no exception types for these cases. An unknown text, such as a translated one, is a general I/O error. */
    private static TransportException byText(Stage stage, IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (text.contains("Broken pipe")) {
            return new TransportException(stage, Reason.PEER_CLOSED, "the peer has closed the connection", e);
        }
        if (text.contains("reset")) {
            return new TransportException(stage, Reason.RESET, "the peer reset the connection", e);
        }
        return new TransportException(stage, Reason.IO, "I/O error on the socket: " + text, e);
    }
}
