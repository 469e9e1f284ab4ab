package io.sluice.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.function.Consumer;

/**
 * A server that listens, or did. The Java form of the process that LispWorks' {@code start-up-server} gives. Safe for use by
 * several threads.
 *
 * <p>It logs at most 10 lines in 10 seconds for each kind of failure, and then how many more there were. A connection whose peer left
 * without sending a byte is not a failure. It is logged at {@code DEBUG}.
 */
public interface SocketServer extends AutoCloseable {

    /**
     * Binds the port and starts to accept.
     *
     * @param settings how to listen
     * @param handler serves each connection
     * @param failures is told each connection that fails, on its thread
     * @return the server, the caller's to close or to terminate
     * @throws IOException if the port cannot be bound: names the server and the address; nothing is left open
     * @throws IllegalStateException if virtual or managed threads are requested and there are none, or the thread factory gives none
     */
    static SocketServer start(ServerSettings settings, ConnectionHandler handler, Consumer<ConnectionFailed> failures)
            throws IOException {
        return AcceptingServer.start(settings, handler, failures);
    }

    /**
     * Finds out whether a server could listen: binds the port and frees it.
     *
     * @param settings how to listen
     * @throws IOException if the port cannot be bound: names the server and the address
     * @throws IllegalStateException if virtual threads are asked for and the JDK has none
     */
    static void tryPort(ServerSettings settings) throws IOException {
        ConnectionThreads.check(settings.threads(), settings.name());
        Listener.bind(settings).close();
    }

    /**
     * Terminates several servers at the same time, each within its own drain timeout, and returns when all have drained. It makes no new
     * thread.
     *
     * @param servers the servers; those that have ended already are left alone
     */
    static void terminateAll(Collection<? extends SocketServer> servers) {
        AcceptingServer.terminateAll(servers);
    }

    /**
     * The server's name.
     *
     * @return the name
     */
    String name();

    /**
     * Where it listens.
     *
     * @return the address with the port bound, also when the server has ended
     */
    InetSocketAddress address();

    /**
     * How many connections it serves.
     *
     * @return their number at this moment
     */
    int connections();

    /**
     * What the server has counted since it started: connections accepted, refused and failed, and probes. The call is cheap.
     *
     * @return a snapshot, also when the server has ended
     */
    ServerCounts counts();

    /**
     * Whether it accepts connections.
     *
     * @return true until it is terminated
     */
    boolean isRunning();

    /**
     * Ends the server: accepts no more and frees the port, lets handlers finish within the drain timeout, closes what is left. Returns
     * when that is done; called from a handler of the server's own it returns at once, for it would wait for itself. Calling it again
     * does nothing.
     *
     * <p>It takes at most the drain timeout plus 6 seconds. After the drain timeout, the connections that are left have 3 seconds to
     * close in order, all at the same time. Connections that are still open then are cut, and the threads of their handlers are
     * interrupted. The threads have 3 more seconds to end. A handler that is still running then is logged. None of this needs a new
     * thread: if there are fewer threads than connections, they share the work, and a peer that delays its close is cut earlier.
     *
     * <p>If the calling thread is interrupted, what is left is cut at once.
     *
     * @return whether it was running
     */
    boolean terminate();

    /**
     * Terminates the server as {@link #terminate} does, and waits for its end even if another thread has terminated it. It waits at most
     * for the drain timeout plus 9 seconds. Called from a handler of the server's own it returns at once. Calling it again does nothing.
     */
    @Override
    void close();

    /**
     * Waits for the end of a server that was terminated: its connections are closed, their handlers have returned, and its threads have
     * ended.
     *
     * @param limit how long to wait at most
     * @return whether it has ended
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitEnd(Duration limit) throws InterruptedException;
}
