package io.sluice.server;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/**
 * Closes the connections that are left when a server ends, each in order. One thread for each would be best. If there are too few,
 * they share the work, and a peer that delays one of them gets less time. Thread-safe.
 */
final class ConnectionClosing {

    /** How long a close may take even if others wait for its thread. */
    private static final long LEAST_NANOS = Duration.ofMillis(100).toNanos();

    private static final Duration LOOK = Duration.ofMillis(20);

    private final CountDownLatch decided = new CountDownLatch(1);
    private final Queue<ServerConnection> waiting = new ConcurrentLinkedQueue<>();
    private final Map<ServerConnection, Long> begun = new ConcurrentHashMap<>();

    /** Has connections closed, by as many threads of the executor as it has for them. */
    void begin(Collection<ServerConnection> connections, Executor executor) {
        waiting.addAll(connections);
        decided.countDown();
        for (int i = 0; i < connections.size() && !waiting.isEmpty(); i++) {
            try {
                executor.execute(this::help);
            } catch (RuntimeException | Error e) {
                return; // No more threads: those that there are close what is left.
            }
        }
    }

    /** No more connections will be closed in order. */
    void end() {
        waiting.clear();
        decided.countDown();
    }

    /** Closes what waits, if anything does, once that is known. An interrupt may have meant anything before that. */
    void helpWhenBegun() {
        boolean known = false;
        while (!known) {
            try {
                decided.await();
                known = true;
            } catch (InterruptedException e) {
                // The drain comes to its end within its limits, whatever happens.
            }
        }
        help();
    }

    /** Closes what waits now. An interrupt was meant for what the thread did before. */
    void help() {
        for (ServerConnection next = waiting.poll(); next != null; next = waiting.poll()) {
            Thread.interrupted();
            begun.put(next, System.nanoTime());
            try {
                next.close();
            } finally {
                begun.remove(next);
            }
        }
    }

    /** Waits until all connections are closed and served, and says whether that is so. */
    boolean await(Connections connections, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        long left = limit.toNanos();
        while (left > 0) {
            Duration look = waiting.isEmpty() ? Duration.ofNanos(left) : LOOK;
            if (connections.awaitNone(look)) {
                return true;
            }
            if (Thread.currentThread().isInterrupted()) {
                return false;
            }
            left = deadline - System.nanoTime();
            endSlow(left);
        }
        return false;
    }

    /** Each connection that waits for a thread gets its share of the time left. */
    private void endSlow(long left) {
        int behind = waiting.size();
        if (behind > 0) {
            long share = Math.max(LEAST_NANOS, left / (behind + 1));
            long now = System.nanoTime();
            begun.forEach((connection, since) -> {
                if (now - since > share) {
                    connection.abort();
                }
            });
        }
    }
}
