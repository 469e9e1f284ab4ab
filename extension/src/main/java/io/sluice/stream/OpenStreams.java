package io.sluice.stream;

import io.sluice.internal.Internal;
import io.sluice.internal.transport.RawSocket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/**
 * The connections whose streams are open or being made, so that none outlives the container. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class OpenStreams {

    private final Set<StreamConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<RawSocket> arriving = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** No open streams yet. */
    public OpenStreams() {}

    void add(StreamConnection connection) {
        open.add(connection);
    }

    void remove(StreamConnection connection) {
        open.remove(connection);
    }

    /** A socket that has no connection yet, because its peer speaks first. */
    void addArriving(RawSocket raw) {
        arriving.add(raw);
    }

    void removeArriving(RawSocket raw) {
        arriving.remove(raw);
    }

    boolean isStopped() {
        return stopped;
    }

    /**
     * Whether a stream is open here, and over a given socket.
     *
     * @param stream any stream
     * @param socket any socket
     * @return {@code true} if it was made of that socket and is open
     */
    public boolean isOver(SocketStream stream, Socket socket) {
        return open.stream().anyMatch(connection -> connection.carries(stream) && connection.isOver(socket));
    }

    /**
     * Closes a stream beneath what its class makes of {@code close()}. Nothing if it is not one of those open here.
     *
     * @param stream any stream
     */
    public void close(SocketStream stream) {
        open.stream().filter(connection -> connection.carries(stream)).forEach(StreamConnection::close);
    }

    /**
     * Closes the stream over a socket. Nothing if there is none here.
     *
     * @param socket any socket
     */
    public void closeOver(Socket socket) {
        open.stream().filter(connection -> connection.isOver(socket)).forEach(StreamConnection::close);
    }

    /**
     * How many streams are open or being made.
     *
     * @return their number at this moment
     */
    public int count() {
        return open.size();
    }

    /**
     * Closes all streams, several at once, and takes in no more. Those that are not closed in order within the limit, for
     * peers that do not read, are closed without a word. Where the system has no more threads, the caller closes them one after
     * the other, and may take a stream's close timeout longer.
     *
     * @param limit how long the orderly closing may take
     */
    public void closeAll(Duration limit) {
        closeAll(limit, closerThreads());
    }

    void closeAll(Duration limit, ThreadFactory threads) {
        stopped = true;
        arriving.forEach(RawSocket::close);
        new StreamClosing(open).run(limit, threads);
    }

    /** Pre-destroy methods run on them, and find the application by the class loader. */
    private static ThreadFactory closerThreads() {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        return task -> {
            Thread thread = new Thread(task, "sluice-close");
            thread.setDaemon(true);
            thread.setContextClassLoader(application);
            return thread;
        };
    }

    /**
     * Closes the streams that are left when the container stops, each in order. A few threads share the work. There may be none to be
     * had: then the caller does it. One stream that cannot be closed does not keep the others open.
     */
    private static final class StreamClosing {

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
}
