package io.sluice.stream;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The connections whose streams are open, so that none outlives the container. Thread-safe. */
public final class OpenStreams {

    private final Map<StreamConnection, SocketStream> open = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** No open streams yet. */
    public OpenStreams() {}

    /** Whether a connection was taken in: not when the container has stopped. */
    boolean add(StreamConnection connection, SocketStream stream) {
        open.put(connection, stream);
        if (stopped) {
            open.remove(connection);
            return false;
        }
        return true;
    }

    void remove(StreamConnection connection) {
        open.remove(connection);
    }

    /**
     * Whether a stream is one of those open here.
     *
     * @param stream any stream
     * @return {@code true} if it was made here and is open
     */
    public boolean contains(SocketStream stream) {
        return open.values().stream().anyMatch(known -> known == stream);
    }

    /**
     * How many streams are open.
     *
     * @return their number at this moment
     */
    public int count() {
        return open.size();
    }

    /**
     * Closes all streams, and takes in no more. Those that are not closed in order within the limit, for peers that do not
     * read, are closed without a word.
     *
     * @param limit how long all of it may wait
     */
    public void closeAll(Duration limit) {
        stopped = true;
        long start = System.nanoTime();
        for (StreamConnection connection : open.keySet()) {
            if (System.nanoTime() - start < limit.toNanos()) {
                connection.close();
            } else {
                connection.abort();
            }
        }
    }
}
