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
import java.util.function.Consumer;

/**
 * Tracks the connections whose streams are open or being created, so that none outlives the container. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class OpenStreams {

    private final Set<StreamConnection> open = ConcurrentHashMap.newKeySet();
    private final Set<RawSocket> arriving = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /** Creates an empty set of streams. */
    public OpenStreams() {}

    void add(StreamConnection connection) {
        open.add(connection);
    }

    void remove(StreamConnection connection) {
        open.remove(connection);
    }

    /** Adds a socket without a connection, because its PROXY header is still being read. */
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
     * Returns whether a stream is open and uses a given socket.
     *
     * @param stream any stream
     * @param socket any socket
     * @return {@code true} if the stream was created over that socket and is open
     */
    public boolean isOver(SocketStream stream, Socket socket) {
        return open.stream().anyMatch(connection -> connection.belongsTo(stream) && connection.uses(socket));
    }

    /**
     * Closes a stream without calling a {@code close()} that its class overrides. Does nothing if the stream is not open.
     *
     * @param stream any stream
     */
    public void close(SocketStream stream) {
        open.stream().filter(connection -> connection.belongsTo(stream)).forEach(StreamConnection::close);
    }

    /**
     * Closes the stream over a socket. Does nothing if there is none.
     *
     * @param socket any socket
     */
    public void closeOver(Socket socket) {
        open.stream().filter(connection -> connection.uses(socket)).forEach(StreamConnection::close);
    }

    /**
     * Returns the number of streams that are open or being created.
     *
     * @return their current number
     */
    public int count() {
        return open.size();
    }

    /**
     * Closes all streams, several at once, and accepts no more. Streams that cannot be closed gracefully within the limit, because
     * their peers do not read, are aborted. If the system has no more threads, the caller closes the streams one after the other,
     * which may exceed the limit by the close timeout of one stream.
     *
     * @param limit how long graceful closing may take
     */
    public void closeAll(Duration limit) {
        closeAll(limit, closerThreads());
    }

    void closeAll(Duration limit, ThreadFactory threads) {
        stopped = true;
        arriving.forEach(RawSocket::close);
        new StreamClosing(open).run(limit, threads);
    }

    /** {@code @PreDestroy} methods run on these threads and may need the application's class loader. */
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
     * Gracefully closes the streams that are still open when the container stops. A few threads share the work. If no thread can be
     * started, the caller does it. A stream that cannot be closed does not keep the others open.
     */
    private static final class StreamClosing {

        private static final Logger LOG = System.getLogger(OpenStreams.class.getName());

        /** The number of stuck peers that do not delay the others. */
        private static final int CLOSERS = 16;

        private static final Duration AFTER_ABORT = Duration.ofSeconds(1);

        private final List<StreamConnection> all;
        private final Queue<StreamConnection> waiting;

        StreamClosing(Collection<StreamConnection> open) {
            this.all = List.copyOf(open);
            this.waiting = new ConcurrentLinkedQueue<>(all);
        }

        /** Aborts what is not closed within the limit, and waits for the threads. An interrupt ends the graceful phase. */
        void run(Duration limit, ThreadFactory threads) {
            long deadline = System.nanoTime() + limit.toNanos();
            List<Thread> closers = started(threads);
            if (closers.isEmpty()) {
                closeUntil(deadline);
            }
            if (!ended(closers, deadline) || !waiting.isEmpty()) {
                boolean interrupted = Thread.interrupted();
                waiting.clear();
                all.forEach(connection -> quietly(connection, StreamConnection::abort));
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
                // No more threads: the started ones do the work.
            }
            return started;
        }

        private void closeWaiting() {
            for (StreamConnection next = waiting.poll(); next != null; next = waiting.poll()) {
                quietly(next, StreamConnection::close);
            }
        }

        private void closeUntil(long deadline) {
            while (!waiting.isEmpty()
                    && deadline - System.nanoTime() > 0
                    && !Thread.currentThread().isInterrupted()) {
                quietly(waiting.remove(), StreamConnection::close);
            }
        }

        private static void quietly(StreamConnection connection, Consumer<StreamConnection> end) {
            try {
                end.accept(connection);
            } catch (Throwable t) {
                warn(connection, t);
            }
        }

        private static void warn(StreamConnection connection, Throwable failure) {
            try {
                LOG.log(Level.WARNING, "could not close " + connection + " when the container stopped", failure);
            } catch (RuntimeException | Error e) {
                // A failure of the log must not keep the other streams open.
            }
        }

        /** Waits for the threads, and returns whether all ended by the deadline. An interrupt stays set. */
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
