package io.sluice.server;

import io.sluice.event.ConnectionRefused.Limit;
import io.sluice.internal.transport.AcceptedSocket;
import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** Accepts connections, and passes each on to a thread of its own or refuses it. One thread accepts; the other methods are thread-safe. */
final class Acceptor {

    private final AcceptingServer server;
    private final ServerSettings settings;
    private final Listener listener;
    private final ConnectionThreads threads;
    private final Connections connections;
    private final Rotation rotation;
    private final ConnectionReports reports;
    private final AcceptFailures failures;
    private final ChallengeResponder challenges;
    private final AcceptRate rate;
    private final Runnable arrivals;

    Acceptor(
            AcceptingServer server,
            ServerSettings settings,
            Listener listener,
            ConnectionThreads threads,
            Connections connections,
            Rotation rotation,
            ConnectionReports reports,
            AcceptFailures failures,
            ChallengeResponder challenges) {
        this.server = server;
        this.settings = settings;
        this.listener = listener;
        this.threads = threads;
        this.connections = connections;
        this.rotation = rotation;
        this.reports = reports;
        this.failures = failures;
        this.challenges = challenges;
        this.rate = new AcceptRate(settings.acceptRate(), settings.acceptBurst(), System.nanoTime());
        this.arrivals = connections::arrivalsChanged;
    }

    /** Learns of challenges from now on. */
    void begin() {
        challenges.whenOpened(arrivals);
    }

    /** A failure never ends the loop. Even errors are possible: the JDK may be unable to open a file of its own. */
    void acceptAll() {
        while (server.isRunning() && !listener.isClosed()) {
            try {
                acceptOne();
                failures.reset();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                if (server.isRunning() && !failures.pauseAfter(e)) {
                    return;
                }
            }
        }
    }

    /** Passes the socket on. Resets a socket that cannot be served. */
    private void acceptOne() throws IOException, InterruptedException {
        connections.reserve(challenges::isNeeded);
        @Nullable AcceptedSocket socket = null;
        @Nullable ServerConnection refused = null;
        Limit limit = Limit.THREADS;
        try {
            socket = listener.accept();
            refused = new ServerConnection(socket, server, settings.proxyProtocol(), rotation);
            socket = null;
            reports.accepted(refused);
            if (!rate.permits(System.nanoTime())) {
                limit = Limit.ACCEPT_RATE;
            } else if (accepted(refused)) {
                refused = null;
            } else {
                limit = limit();
            }
        } finally {
            connections.cancelReservation();
            if (refused != null) {
                refuse(refused, limit);
            } else if (socket != null) {
                reset(socket);
            }
        }
    }

    private Limit limit() {
        return server.isRunning() ? Limit.MAX_CONNECTIONS : Limit.ENDING;
    }

    private boolean accepted(ServerConnection connection) {
        return switch (connections.accepted(connection, challenges.isNeeded())) {
            case ADMITTED -> {
                serve(connection);
                yield true;
            }
            case ARRIVING -> {
                execute(() -> arrive(connection), () -> connections.left(connection));
                yield true;
            }
            case WAITING -> true;
            case REFUSED, GONE -> false;
        };
    }

    private void serve(ServerConnection connection) {
        if (server.service().needsThread()) {
            execute(() -> server.service().serve(connection), () -> refuseWaiting(connections.remove(connection)));
        } else {
            server.service().serve(connection);
        }
    }

    private void execute(Runnable task, Runnable otherwise) {
        try {
            threads.executor().execute(task);
        } catch (Throwable t) {
            otherwise.run();
            throw t;
        }
    }

    /** There is no thread for those that have waited for the permit. */
    private void refuseWaiting(@Nullable ServerConnection first) {
        for (@Nullable ServerConnection next = first; next != null; next = connections.remove(next)) {
            refuse(next, Limit.THREADS);
        }
    }

    private void refuse(ServerConnection connection, Limit limit) {
        reports.refused(connection, limit);
        reset(connection.socket());
    }

    /** Reads the first message of a client before it gets a permit. An authority's client needs none. */
    private void arrive(ServerConnection connection) {
        boolean answered = true;
        connection.setArrived();
        try {
            answered = challenges.answers(connection);
        } finally {
            if (answered) {
                connection.abort();
                connections.left(connection);
                reports.ended(connection);
            }
        }
        if (!answered) {
            switch (connections.arrived(connection)) {
                case ADMITTED -> server.service().serve(connection);
                case REFUSED -> refuse(connection, limit());
                default -> {} // It gets the permit and the thread of another connection, or is closed already.
            }
        }
    }

    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // The client may have left already. The socket is closed in any case.
        }
    }

    /** Answers an authority's client that has got a permit because there was no room for it to arrive without. */
    boolean answersChallenge(ServerConnection connection) {
        return !connection.hasArrived() && challenges.isNeeded() && challenges.answers(connection);
    }

    /** Refuses what is not open yet. */
    void close() {
        challenges.forget(arrivals);
        connections.close().forEach(connection -> refuse(connection, Limit.ENDING));
    }
}
