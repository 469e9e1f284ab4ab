package io.sluice.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A server that listens, or did. The Java form of the process that LispWorks' {@code start-up-server} gives. Safe for use by
 * several threads.
 */
public interface SocketServer {

    /**
     * Binds the port and starts to accept.
     *
     * @param settings how to listen
     * @param handler serves each connection
     * @param failures is told each connection that fails, on its thread
     * @return the server, the caller's to terminate
     * @throws IOException if the port cannot be bound: names the server and the address; nothing is left open
     * @throws IllegalStateException if virtual or managed threads are asked for where there are none
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
     * Whether it accepts connections.
     *
     * @return true until it is terminated
     */
    boolean isRunning();

    /**
     * Ends the server: accepts no more and frees the port, lets handlers finish within the drain timeout, closes what is left.
     * Returns when that is done; called from a handler of the server's own it returns at once, for it would wait for itself.
     * Calling it again does nothing.
     *
     * @return whether it was running
     */
    boolean terminate();

    /**
     * Waits for the end of a server that was terminated, connections included.
     *
     * @param limit how long to wait at most
     * @return whether it has ended
     * @throws InterruptedException if the thread is interrupted
     */
    boolean awaitEnd(Duration limit) throws InterruptedException;
}
