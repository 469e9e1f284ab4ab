package io.sluice.server;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The end of a server: lets handlers finish, closes the remaining connections, and waits for the threads. It runs on a thread that exists
 * from the start, because it may be impossible to make one at the end.
 *
 * <p>Connections are closed gracefully, ideally each on its own thread. If there are too few threads, they share the work, and a peer that
 * delays its close gets less time. Thread-safe.
 */
final class Drain {

    private static final Logger LOG = System.getLogger(AcceptingServer.class.getName());

    /** The limit for all graceful closes together, and then for the end of the threads. */
    static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    /** The least time for one close, even if other connections wait for its thread. */
    private static final long MIN_CLOSE_NANOS = Duration.ofMillis(100).toNanos();

    private static final Duration CHECK_INTERVAL = Duration.ofMillis(20);

    private final ServerSettings settings;
    private final Connections connections;
    private final ConnectionThreads threads;
    private final List<LogLimiter> logs;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch closesQueued = new CountDownLatch(1);
    private final Queue<ServerConnection> toClose = new ConcurrentLinkedQueue<>();
    private final Map<ServerConnection, Long> closingSince = new ConcurrentHashMap<>();

    Drain(ServerSettings settings, Connections connections, ConnectionThreads threads, List<LogLimiter> logs) {
        this.settings = settings;
        this.connections = connections;
        this.threads = threads;
        this.logs = List.copyOf(logs);
    }

    void begin() {
        begun.countDown();
    }

    void awaitBegin() throws InterruptedException {
        begun.await();
    }

    /** Runs the drain. An interrupt means that no time is left: nothing more is closed gracefully. */
    void run(Thread acceptThread) {
        try {
            boolean graceful =
                    connections.awaitEmpty(settings.drainTimeout()) || !Thread.interrupted() && closeGracefully();
            endCloses();
            if (graceful) {
                threads.executor().shutdown();
            } else {
                connections.snapshot().forEach(ServerConnection::abort);
                threads.executor().shutdownNow();
            }
        } finally {
            endCloses();
            logs.forEach(LogLimiter::end);
        }
        awaitThreads(acceptThread);
    }

    private boolean closeGracefully() {
        toClose.addAll(connections.snapshot());
        closesQueued.countDown();
        requestThreads(toClose.size());
        boolean closed = awaitCloses();
        return !Thread.interrupted() && closed;
    }

    private void requestThreads(int count) {
        try {
            for (int i = 0; i < count && !toClose.isEmpty(); i++) {
                threads.executor().execute(this::helpClose);
            }
        } catch (RuntimeException | Error e) {
            return; // No more threads: the existing ones close what is left.
        }
    }

    private void endCloses() {
        toClose.clear();
        closesQueued.countDown();
    }

    /** Closes queued connections. An earlier interrupt was meant for the thread's previous work. */
    void helpClose() {
        for (ServerConnection next = toClose.poll(); next != null; next = toClose.poll()) {
            Thread.interrupted();
            closingSince.put(next, System.nanoTime());
            try {
                next.close();
            } finally {
                closingSince.remove(next);
            }
        }
    }

    /** Waits until connections are queued, or none will be, and closes them. */
    void awaitAndHelpClose() {
        boolean queued = false;
        while (!queued) {
            try {
                closesQueued.await();
                queued = true;
            } catch (InterruptedException e) {
                // The drain ends within its limits in any case.
            }
        }
        helpClose();
    }

    /** Waits until all connections are closed and served, and returns whether that is so. */
    private boolean awaitCloses() {
        long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
        long remaining = CLOSE_LIMIT.toNanos();
        while (remaining > 0) {
            if (connections.awaitEmpty(toClose.isEmpty() ? Duration.ofNanos(remaining) : CHECK_INTERVAL)) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            remaining = deadline - System.nanoTime();
            abortSlow(remaining);
        }
        return false;
    }

    /** Each connection that waits for a thread gets its share of the remaining time. */
    private void abortSlow(long remaining) {
        int waiting = toClose.size();
        if (waiting > 0) {
            long share = Math.max(MIN_CLOSE_NANOS, remaining / (waiting + 1));
            long now = System.nanoTime();
            closingSince.forEach((connection, since) -> {
                if (now - since > share) {
                    connection.abort();
                }
            });
        }
    }

    private void awaitThreads(Thread acceptThread) {
        if (haveEnded(acceptThread, System.nanoTime() + CLOSE_LIMIT.toNanos())) {
            return;
        }
        threads.executor().shutdownNow();
        int active = connections.count();
        LOG.log(
                Level.WARNING,
                "server '" + settings.name() + "': "
                        + (active == 0
                                ? "threads that close its connections are still running. Check whether a close() or @PreDestroy"
                                        + " method blocks"
                                : "handlers that still run after their connections were closed and their threads interrupted: "
                                        + active + ". Make the handlers end when they are interrupted"));
    }

    private boolean haveEnded(Thread acceptThread, long deadline) {
        try {
            return awaitTermination(deadline) && ConnectionThreads.join(acceptThread, deadline);
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Waits for the threads that serve and close connections, and returns whether they have ended by the deadline. */
    boolean awaitTermination(long deadline) throws InterruptedException {
        return threads.executor().awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
