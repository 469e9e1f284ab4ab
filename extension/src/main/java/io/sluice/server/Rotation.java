package io.sluice.server;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.internal.context.Generation;
import io.sluice.internal.context.ReloadableContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Knows the generation of the server's context that each connection uses, and ends those of older generations as the settings say. The
 * reload only leaves a note: a thread of the server's looks for the connections, and more of its threads close them. Thread-safe.
 */
final class Rotation {

    /** Threads that close connections at the same time. A peer that delays its close holds one up for the close timeout. */
    private static final int CLOSERS = 32;

    private record Due(ServerConnection connection, long at) {}

    private final ServerSettings settings;
    private final Connections connections;
    private final ConnectionThreads threads;
    private final Optional<ReloadableContext> context;
    private final Map<Long, Integer> counts = new ConcurrentHashMap<>();
    private final Queue<ServerConnection> toClose = new ConcurrentLinkedQueue<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noted = lock.newCondition();

    /** The drain timeout is the same for all, so the earliest is the first. */
    @GuardedBy("lock")
    private final Deque<Due> due = new ArrayDeque<>();

    @GuardedBy("lock")
    private boolean renewed;

    @GuardedBy("lock")
    private boolean ended;

    private volatile long current;
    private volatile Runnable unfollow = () -> {};

    Rotation(
            ServerSettings settings,
            Connections connections,
            ConnectionThreads threads,
            Optional<ReloadableContext> context) {
        this.settings = settings;
        this.connections = connections;
        this.threads = threads;
        this.context = context;
    }

    /** Follows the context from now on. */
    void begin() {
        if (needsThread()) {
            unfollow = context.get().follow(this::replaced);
            context.get().generation().ifPresent(this::replaced);
        }
    }

    /** Whether a thread must {@link #run} this. */
    boolean needsThread() {
        return settings.onRotation() != OnRotation.KEEP && context.isPresent();
    }

    /** Called by the reload, which must not wait. */
    private void replaced(Generation generation) {
        lock.lock();
        try {
            current = Math.max(current, generation.number());
            renewed = true;
            noted.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A stream has been created over the connection. A newer generation may be in use already. */
    void add(ServerConnection connection, Optional<Generation> generation) {
        generation
                .filter(known -> context.filter(known.context()::equals).isPresent())
                .ifPresent(known -> {
                    connection.setGeneration(known.number());
                    counts.merge(known.number(), 1, Integer::sum);
                    if (needsThread() && known.number() < current) {
                        lock.lock();
                        try {
                            outdated(connection);
                            noted.signalAll();
                        } finally {
                            lock.unlock();
                        }
                    }
                });
    }

    void remove(ServerConnection connection) {
        if (connection.generation() > 0) {
            counts.computeIfPresent(connection.generation(), (number, count) -> count == 1 ? null : count - 1);
        }
    }

    /** The open connections by generation. */
    SortedMap<Long, Integer> counts() {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** Looks for outdated connections until the server ends. An interrupt ends it too. */
    void run() {
        try {
            for (List<ServerConnection> next = await(); next != null; next = await()) {
                close(next);
            }
        } catch (InterruptedException e) {
            end();
        }
    }

    private @Nullable List<ServerConnection> await() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended) {
                if (renewed) {
                    renewed = false;
                    connections.snapshot().forEach(this::outdated);
                }
                List<ServerConnection> past = past();
                if (!past.isEmpty()) {
                    return past;
                }
                if (due.isEmpty()) {
                    noted.await();
                } else {
                    noted.awaitNanos(due.getFirst().at() - System.nanoTime());
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void outdated(ServerConnection connection) {
        long generation = connection.generation();
        if (generation > 0 && generation < current && connection.finish()) {
            long wait = settings.onRotation() == OnRotation.DRAIN
                    ? settings.drainTimeout().toNanos()
                    : 0;
            due.add(new Due(connection, System.nanoTime() + wait));
        }
    }

    @GuardedBy("lock")
    private List<ServerConnection> past() {
        List<ServerConnection> past = new ArrayList<>();
        long now = System.nanoTime();
        while (!due.isEmpty() && due.getFirst().at() - now <= 0) {
            past.add(due.removeFirst().connection());
        }
        return past;
    }

    private void close(List<ServerConnection> past) {
        toClose.addAll(past);
        try {
            for (int i = 0; i < CLOSERS && !toClose.isEmpty(); i++) {
                threads.executor().execute(this::closeQueued);
            }
        } catch (RuntimeException | Error e) {
            closeQueued(); // There is no other thread, or the server is ending.
        }
    }

    private void closeQueued() {
        for (ServerConnection next = toClose.poll(); next != null; next = toClose.poll()) {
            next.closeForRotation();
        }
    }

    /** The server has stopped accepting, and drains all connections itself. */
    void end() {
        unfollow.run();
        lock.lock();
        try {
            ended = true;
            due.clear();
            noted.signalAll();
        } finally {
            lock.unlock();
        }
        toClose.clear();
    }
}
