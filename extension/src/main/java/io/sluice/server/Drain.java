package io.sluice.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a server: lets handlers finish, closes what is left, and waits for the threads. It runs on a thread
 * that is made when the server starts, because it may be impossible to make one at the end.
 */
final class Drain {

    private static final Logger LOG = System.getLogger(AcceptingServer.class.getName());

    /** How long connections may take to close in order, and then how long threads may take to end. */
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final ServerSettings settings;
    private final Connections connections;
    private final ConnectionThreads threads;
    private final List<LogLimiter> logs;
    private final ConnectionClosing closing = new ConnectionClosing();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    Drain(ServerSettings settings, Connections connections, ConnectionThreads threads, List<LogLimiter> logs) {
        this.settings = settings;
        this.connections = connections;
        this.threads = threads;
        this.logs = List.copyOf(logs);
    }

    /** The work that threads with nothing else to do may help with. */
    ConnectionClosing closing() {
        return closing;
    }

    void begin() {
        begun.countDown();
    }

    void awaitBegin() throws InterruptedException {
        begun.await();
    }

    boolean awaitDone(long nanos) throws InterruptedException {
        return done.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** An interrupt says that there is no time left: nothing more is closed in order. */
    void run(Thread acceptThread) {
        try {
            boolean inOrder =
                    connections.awaitNone(settings.drainTimeout()) || !Thread.interrupted() && closedInOrder();
            closing.end();
            if (inOrder) {
                threads.executor().shutdown();
            } else {
                connections.present().forEach(ServerConnection::abort);
                threads.executor().shutdownNow();
            }
            logs.forEach(LogLimiter::end);
            awaitThreads(acceptThread);
        } finally {
            closing.end();
            logs.forEach(LogLimiter::end);
            done.countDown();
        }
    }

    private boolean closedInOrder() {
        closing.begin(connections.present(), threads.executor());
        boolean closed = closing.await(connections, CLOSE_LIMIT);
        return !Thread.interrupted() && closed;
    }

    private void awaitThreads(Thread acceptThread) {
        if (ended(System.nanoTime() + CLOSE_LIMIT.toNanos(), acceptThread)) {
            return;
        }
        threads.executor().shutdownNow();
        int left = connections.count();
        LOG.log(
                Level.WARNING,
                "server \"" + settings.name() + "\": "
                        + (left == 0
                                ? "threads that close its connections are still running"
                                : left
                                        + " handlers are still running after their connections were closed and their threads"
                                        + " interrupted"));
    }

    private boolean ended(long deadline, Thread acceptThread) {
        try {
            return ended(deadline) && Threads.join(acceptThread, deadline);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Whether the threads that serve and close connections have ended by the deadline. */
    boolean ended(long deadline) throws InterruptedException {
        return threads.executor().awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
