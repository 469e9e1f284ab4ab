package io.sluice.stream;

import io.sluice.internal.Internal;
import io.sluice.internal.transport.RawSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

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
}
