package io.sluice.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;

/**
 * A server that was started. The Java form of the process that LispWorks' {@code start-up-server} returns. Thread-safe. Implemented by Sluice
 * only, so later versions may add methods.
 *
 * <p>It logs at most 10 lines in 10 seconds for each kind of failure, and then the number of omitted lines. A connection whose peer left
 * without sending a byte is not a failure. It is logged at {@code DEBUG}.
 */
public interface SocketServer extends AutoCloseable {

    /**
     * Terminates several servers at the same time, each within its own drain timeout, and returns when all have drained. It needs no new
     * thread.
     *
     * @param servers the servers; those that have already ended are ignored
     */
    static void terminateAll(Collection<? extends SocketServer> servers) {
        AcceptingServer.terminateAll(servers);
    }

    /**
     * Gives the server's name.
     *
     * @return the name
     */
    String name();

    /**
     * Gives the address that it listens on.
     *
     * @return the address with the actual port, also after the server has ended
     */
    InetSocketAddress address();

    /**
     * Counts the connections that are being served.
     *
     * @return their current number
     */
    int connections();

    /**
     * Gives the counters since the start: accepted, refused and failed connections, and probes. The call is cheap.
     *
     * @return a snapshot, also after the server has ended
     */
    ServerCounts counts();

    /**
     * Checks whether it accepts connections.
     *
     * @return true until it is terminated
     */
    boolean isRunning();

    /**
     * Ends the server: accepts no more connections and frees the port, lets handlers finish within the drain timeout, and closes the
     * remaining connections. Returns when that is done. From one of the server's own handlers it returns immediately, because it would
     * wait for itself. Further calls do nothing.
     *
     * <p>It takes at most the drain timeout plus 6 seconds. After the drain timeout, the remaining connections have 3 seconds to close
     * gracefully, all at the same time. Connections that are still open then are cut, and the threads of their handlers are interrupted.
     * The threads have 3 more seconds to end. A handler that is still running then is logged. None of this needs a new thread: if there
     * are fewer threads than connections, they share the work, and a peer that delays its close is cut earlier.
     *
     * <p>If the calling thread is interrupted, the remaining connections are cut immediately.
     *
     * @return true if the server was running
     */
    boolean terminate();

    /**
     * Terminates the server as {@link #terminate} does, and waits for its end even if another thread has terminated it. It waits at most
     * for the drain timeout plus 9 seconds. From one of the server's own handlers it returns immediately. Further calls do nothing.
     */
    @Override
    void close();

    /**
     * Waits for the end of a terminated server: its connections are closed, their handlers have returned, and its threads have ended.
     *
     * @param limit the longest time to wait
     * @return true if it has ended
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitEnd(Duration limit) throws InterruptedException;
}
