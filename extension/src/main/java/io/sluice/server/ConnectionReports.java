package io.sluice.server;

import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.stream.ObservedConnection;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections of one server, and reports those that failed. Many failing peers add only a few lines to the log for each kind of
 * failure. Thread-safe.
 */
final class ConnectionReports {

    private static final Logger LOG = System.getLogger(AcceptingServer.class.getName());

    /** The limit of lines for each kind of failure in a window. */
    static final int LINES = 10;

    /** The counts of a server that does not listen yet. */
    static final ServerCounts NO_COUNTS = new Counts(0, 0, 0, Collections.emptySortedMap(), Map.of(), 0, Map.of(), 0);

    private final String server;
    private final ServerObserver observer;
    private final LogLimiter log;
    private final LongAdder accepted = new LongAdder();
    private final Map<Limit, Long> refusals = new ConcurrentHashMap<>();
    private final LongAdder probes = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final Map<Kind, Long> conditions = new ConcurrentHashMap<>();

    ConnectionReports(String server, ServerObserver observer) {
        this.server = server;
        this.observer = observer;
        this.log = new LogLimiter(LOG, server, LINES, LogLimiter.WINDOW);
    }

    LogLimiter log() {
        return log;
    }

    void accepted(ServerConnection connection) {
        accepted.increment();
        tell(() -> connection.observedBy(observer.accepted(server, connection.peer())));
    }

    void refused(ServerConnection connection, Limit limit) {
        refusals.merge(limit, 1L, Long::sum);
        tell(connection, observed -> observer.refused(observed, limit));
    }

    /** The connection has been served, successfully or not, and its socket is closed. */
    void ended(ServerConnection connection) {
        tell(connection, ObservedConnection::ended);
    }

    private void tell(ServerConnection connection, Consumer<ObservedConnection> fact) {
        ObservedConnection observed = connection.observed();
        if (observed != null) {
            tell(() -> fact.accept(observed));
        }
    }

    /** A failure of the observer, such as a lack of memory, must not cost the server a permit. */
    private void tell(Runnable fact) {
        try {
            fact.run();
        } catch (RuntimeException | Error e) {
            log.log(
                    Level.WARNING,
                    e.getClass().getName() + " of an event",
                    () -> "server '" + server + "': an event of a connection is lost",
                    e);
        }
    }

    /** The handler has returned. */
    void completed(ServerConnection connection) {
        if (connection.isProbe()) {
            probe(connection, null);
        }
    }

    /** The handler has thrown. A condition's message is complete; anything else is logged with its stack trace. */
    void failed(ServerConnection connection, Throwable cause) {
        if (connection.isProbe() || connection.isBalancerCheck(cause)) {
            probe(connection, cause);
        } else if (connection.isRotated(cause)) {
            LOG.log(
                    Level.DEBUG,
                    () -> "server '" + server + "', peer " + connection.peer()
                            + ": the connection was closed because the context was reloaded (on-rotation)");
        } else if (cause instanceof SocketStreamException condition) {
            conditions.merge(condition.kind(), 1L, Long::sum);
            log.log(
                    Level.INFO,
                    condition.kind().name(),
                    () -> message(connection) + ": " + condition.getMessage(),
                    null);
            fire(connection, cause);
        } else {
            errors.increment();
            log.log(Level.WARNING, cause.getClass().getName(), () -> message(connection), cause);
            fire(connection, cause);
        }
    }

    private String message(ServerConnection connection) {
        return "server '" + server + "', peer " + connection.peer() + ": the connection failed";
    }

    private void probe(ServerConnection connection, @Nullable Throwable cause) {
        probes.increment();
        tell(connection, ObservedConnection::probed);
        LOG.log(
                Level.DEBUG,
                () -> "server '" + server + "', peer " + connection.peer()
                        + ": the peer left without sending a byte, as health checks do"
                        + (cause == null ? "" : ": " + cause));
    }

    private void fire(ServerConnection connection, Throwable cause) {
        tell(connection, observed -> observed.failed(cause));
        try {
            observer.failed(new Failure(server, connection.peer(), cause));
        } catch (RuntimeException | Error e) {
            log.log(
                    Level.WARNING,
                    e.getClass().getName() + " of an observer",
                    () -> message(connection) + ", and so did an observer of ConnectionFailed",
                    e);
        }
    }

    ServerCounts counts(int active, int waiting, SortedMap<Long, Integer> generations) {
        return new Counts(
                accepted.sum(),
                active,
                waiting,
                generations,
                Map.copyOf(refusals),
                probes.sum(),
                Map.copyOf(conditions),
                errors.sum());
    }

    private record Failure(String endpoint, SocketAddress peer, Throwable cause) implements ConnectionFailed {}

    private record Counts(
            long accepted,
            int active,
            int waiting,
            SortedMap<Long, Integer> generations,
            Map<Limit, Long> refusals,
            long probes,
            Map<Kind, Long> conditions,
            long errors)
            implements ServerCounts {}
}
