package io.sluice.stream;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * Closes the streams that are left when the container stops, each in order. A few threads share the work. There may be none to be
 * had: then the caller does it. One stream that cannot be closed does not keep the others open.
 */
final class StreamClosing {

    private static final Logger LOG = System.getLogger(OpenStreams.class.getName());

    /** So many peers may be stuck at once and hold nobody else up. */
    private static final int CLOSERS = 16;

    private static final Duration AFTER_ABORT = Duration.ofSeconds(1);

    private final List<StreamConnection> all;
    private final Queue<StreamConnection> waiting;

    StreamClosing(Collection<StreamConnection> open) {
        this.all = List.copyOf(open);
        this.waiting = new ConcurrentLinkedQueue<>(all);
    }

    /** Aborts what is not closed in order within the limit, and waits for the threads. An interrupt ends the orderly closing. */
    void run(Duration limit, ThreadFactory threads) {
        long deadline = System.nanoTime() + limit.toNanos();
        List<Thread> closers = started(threads);
        if (closers.isEmpty()) {
            closeUntil(deadline);
        }
        if (!ended(closers, deadline) || !waiting.isEmpty()) {
            boolean interrupted = Thread.interrupted();
            waiting.clear();
            all.forEach(StreamClosing::abort);
            ended(closers, System.nanoTime() + AFTER_ABORT.toNanos());
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private List<Thread> started(ThreadFactory threads) {
        List<Thread> started = new ArrayList<>();
        try {
            for (int i = 0; i < Math.min(CLOSERS, all.size()); i++) {
                Thread thread = threads.newThread(this::closeWaiting);
                thread.start();
                started.add(thread);
            }
        } catch (RuntimeException | Error e) {
            // No more threads: those that there are do the work.
        }
        return started;
    }

    private void closeWaiting() {
        for (StreamConnection next = waiting.poll(); next != null; next = waiting.poll()) {
            close(next);
        }
    }

    private void closeUntil(long deadline) {
        while (!waiting.isEmpty()
                && deadline - System.nanoTime() > 0
                && !Thread.currentThread().isInterrupted()) {
            close(waiting.remove());
        }
    }

    private static void close(StreamConnection connection) {
        try {
            connection.close();
        } catch (Throwable t) {
            warn(connection, t);
        }
    }

    private static void abort(StreamConnection connection) {
        try {
            connection.abort();
        } catch (Throwable t) {
            warn(connection, t);
        }
    }

    private static void warn(StreamConnection connection, Throwable failure) {
        try {
            LOG.log(Level.WARNING, "closing " + connection + " when the container stopped", failure);
        } catch (RuntimeException | Error e) {
            // What cannot be logged must not keep the other streams open.
        }
    }

    /** Whether they have ended by the deadline; an interrupt stays set. */
    private static boolean ended(List<Thread> closers, long deadline) {
        try {
            boolean ended = true;
            for (Thread closer : closers) {
                TimeUnit.NANOSECONDS.timedJoin(closer, Math.max(1, deadline - System.nanoTime()));
                ended &= !closer.isAlive();
            }
            return ended;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
