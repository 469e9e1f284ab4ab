package io.sluice.server;

import io.sluice.stream.SocketStreamException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts how the connections of one server end, and reports those that failed. Many failing peers add only a few lines to the log for
 * each kind of failure. Thread-safe.
 */
final class ConnectionReports {

    private static final Logger LOG = System.getLogger(AcceptingServer.class.getName());

    /** How many lines each kind of failure has in a window. */
    static final int LINES = 10;

    private final String server;
    private final Consumer<ConnectionFailed> failures;
    private final ConnectionCounters counters = new ConnectionCounters();
    private final LogLimiter log;

    ConnectionReports(String server, Consumer<ConnectionFailed> failures) {
        this.server = server;
        this.failures = failures;
        this.log = new LogLimiter(LOG, server, LINES, LogLimiter.WINDOW);
    }

    ConnectionCounters counters() {
        return counters;
    }

    LogLimiter log() {
        return log;
    }

    /** The handler has returned. */
    void ended(ServerConnection connection) {
        if (connection.isProbe()) {
            probe(connection, null);
        }
    }

    /** The handler has thrown. A condition's message is complete; anything else is logged with its stack trace. */
    void failed(ServerConnection connection, Throwable cause) {
        if (connection.isProbe() || connection.isCheckOfBalancer(cause)) {
            probe(connection, cause);
            return;
        }
        counters.failed(cause);
        if (cause instanceof SocketStreamException condition) {
            log.log(Level.INFO, condition.kind().name(), () -> what(connection) + ": " + condition.getMessage(), null);
        } else {
            log.log(Level.WARNING, cause.getClass().getName(), () -> what(connection), cause);
        }
        fire(connection, cause);
    }

    private String what(ServerConnection connection) {
        return "server \"" + server + "\", peer " + connection.peer() + ": the connection failed";
    }

    private void probe(ServerConnection connection, @Nullable Throwable cause) {
        counters.probe();
        LOG.log(
                Level.DEBUG,
                () -> "server \"" + server + "\", peer " + connection.peer()
                        + ": the peer left without sending a byte, as checks do" + (cause == null ? "" : ": " + cause));
    }

    /** An observer's failure ends nothing: the connection has failed already. */
    private void fire(ServerConnection connection, Throwable cause) {
        try {
            failures.accept(new ConnectionFailed(server, connection.peer(), cause));
        } catch (RuntimeException | Error e) {
            log.log(
                    Level.WARNING,
                    e.getClass().getName() + " of an observer",
                    () -> what(connection) + ", and so did an observer of ConnectionFailed",
                    e);
        }
    }
}
