package io.sluice.server;

import io.sluice.internal.transport.AcceptedSocket;
import io.sluice.internal.transport.Deadline;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Accepts on a thread that does nothing else, serves each connection on a thread of its own, and drains. Both threads that the end needs
 * exist from the start: one drains, and the one that accepted closes connections.
 */
final class AcceptingServer implements SocketServer {

    private static final Logger LOG = System.getLogger(AcceptingServer.class.getName());

    private final ServerSettings settings;
    private final ConnectionHandler handler;
    private final Listener listener;
    private final ConnectionThreads threads;
    private final Connections connections;
    private final ConnectionReports reports;
    private final AcceptFailures faults;
    private final Drain drain;
    private final Thread acceptThread;
    private final Thread drainThread;
    private final AtomicBoolean running = new AtomicBoolean(true);

    private AcceptingServer(
            ServerSettings settings,
            ConnectionHandler handler,
            Consumer<ConnectionFailed> failures,
            ConnectionThreads threads,
            Listener listener) {
        this.settings = settings;
        this.handler = handler;
        this.listener = listener;
        this.threads = threads;
        this.connections =
                new Connections(settings.maxConnections() == 0 ? threads.mostAtOnce() : settings.maxConnections());
        this.reports = new ConnectionReports(settings.name(), failures);
        this.faults = new AcceptFailures(settings.name());
        this.drain = new Drain(settings, connections, threads, List.of(reports.log(), faults.log()));
        this.acceptThread = thread("accept", this::accept);
        this.drainThread = thread("drain", this::drain);
    }

    static AcceptingServer start(
            ServerSettings settings, ConnectionHandler handler, Consumer<ConnectionFailed> failures)
            throws IOException {
        return start(settings, handler, failures, ConnectionThreads.of(settings.threads(), settings.name()));
    }

    static AcceptingServer start(
            ServerSettings settings,
            ConnectionHandler handler,
            Consumer<ConnectionFailed> failures,
            ConnectionThreads threads)
            throws IOException {
        Listener listener = Listener.bind(settings);
        try {
            AcceptingServer server = new AcceptingServer(settings, handler, failures, threads, listener);
            server.startThreads();
            return server;
        } catch (Throwable t) {
            listener.close();
            threads.executor().shutdown();
            throw t;
        }
    }

    private Thread thread(String purpose, Runnable task) {
        @Nullable Thread thread = threads.accepting().newThread(task);
        if (thread == null) {
            throw new IllegalStateException(
                    "server \"" + settings.name() + "\": the thread factory gives no thread to " + purpose + " on");
        }
        thread.setName(settings.name() + "-" + purpose);
        return thread;
    }

    private void startThreads() {
        drainThread.start();
        try {
            acceptThread.start();
        } catch (Throwable t) {
            beginEnd();
            throw t;
        }
    }

    /** A server that cannot accept any more ends: nobody would notice otherwise. */
    private void accept() {
        try {
            acceptAll();
        } finally {
            endUnasked();
        }
        drain.closing().helpWhenBegun();
    }

    private boolean endUnasked() {
        boolean first = beginEnd();
        if (first) {
            LOG.log(
                    Level.WARNING,
                    this + ": its threads were interrupted before it was terminated, as application servers do when"
                            + " they shut down their thread factory. It drains now");
        }
        return first;
    }

    /** Whatever befalls one accept, the next is tried: also what the JDK throws where it cannot load a file of its own. */
    private void acceptAll() {
        while (running.get() && !listener.isClosed()) {
            try {
                acceptOne();
                faults.over();
            } catch (InterruptedException e) {
                return;
            } catch (IOException | RuntimeException | Error e) {
                if (running.get() && !pausedAfter(e)) {
                    return;
                }
            }
        }
    }

    private boolean pausedAfter(Throwable fault) {
        try {
            faults.pauseAfter(fault);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** The thread of the connection takes over socket and room; what is not served is reset here. */
    private void acceptOne() throws IOException, InterruptedException {
        boolean room = settings.whenFull() == WhenFull.WAIT;
        if (room) {
            connections.awaitRoom();
        }
        @Nullable AcceptedSocket socket = null;
        try {
            socket = listener.accept();
            reports.counters().accepted();
            room = room || connections.takeRoom();
            if (room && isServed(socket)) {
                room = false;
                socket = null;
            }
        } finally {
            if (room) {
                connections.giveRoom();
            }
            if (socket != null) {
                reports.counters().refused();
                reset(socket);
            }
        }
    }

    private boolean isServed(AcceptedSocket socket) {
        ServerConnection connection = new ServerConnection(socket, this, settings.proxyProtocol());
        if (!connections.add(connection)) {
            return false;
        }
        try {
            threads.executor().execute(() -> run(connection));
            return true;
        } catch (Throwable t) {
            connections.remove(connection);
            throw t;
        }
    }

    /** A client that has already gone cannot be reset. */
    private static void reset(Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed all the same.
        }
    }

    /** A thread whose connection has ended helps with what the server needs. */
    private void run(ServerConnection connection) {
        try {
            serve(connection);
        } finally {
            connection.abort();
            connections.remove(connection);
            connections.giveRoom();
            drain.closing().help();
            reports.log().summariseWhenDue();
            faults.log().summariseWhenDue();
        }
    }

    private void serve(ServerConnection connection) {
        try {
            connection.servedHere();
            listener.prepare(connection.socket());
            handler.handle(connection);
            reports.ended(connection);
        } catch (Throwable t) {
            connection.abort(); // First: if descriptors are short, the report may need this one.
            reports.failed(connection, t);
        }
    }

    private boolean beginEnd() {
        if (!running.compareAndSet(true, false)) {
            return false;
        }
        listener.close();
        acceptThread.interrupt();
        connections.takeInNoMore();
        drain.begin();
        return true;
    }

    private void drain() {
        try {
            drain.awaitBegin();
        } catch (InterruptedException e) {
            if (!endUnasked()) {
                Thread.currentThread().interrupt(); // The server's end must not wait.
            }
        }
        drain.run(acceptThread);
    }

    @Override
    public boolean terminate() {
        boolean first = beginEnd();
        if (first && !isOwnThread()) {
            awaitDrain();
        }
        return first;
    }

    /** It would wait for itself. */
    private boolean isOwnThread() {
        Thread current = Thread.currentThread();
        return current == acceptThread
                || current == drainThread
                || connections.present().stream().anyMatch(ServerConnection::isServedHere);
    }

    private void awaitDrain() {
        try {
            if (awaitDrain(settings.drainTimeout())) {
                return;
            }
            awaitDrain(Drain.CLOSE_LIMIT.multipliedBy(3));
        } catch (InterruptedException e) {
            drainThread.interrupt();
            awaitHurriedDrain();
            Thread.currentThread().interrupt();
        }
    }

    /** The drain's own thread included. */
    private boolean awaitDrain(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + Deadline.nanos(limit);
        return drain.awaitDone(Deadline.nanos(limit)) && Threads.join(drainThread, deadline);
    }

    private void awaitHurriedDrain() {
        try {
            awaitDrain(Drain.CLOSE_LIMIT.multipliedBy(2));
        } catch (InterruptedException e) {
            // Whoever interrupts twice does not want to wait.
        }
    }

    static void terminateAll(Collection<? extends SocketServer> servers) {
        List<AcceptingServer> begun = new ArrayList<>();
        for (SocketServer server : servers) {
            if (server instanceof AcceptingServer own) {
                own.beginEnd();
                begun.add(own);
            } else {
                server.terminate();
            }
        }
        begun.forEach(AcceptingServer::awaitDrain);
    }

    @Override
    public void close() {
        if (!terminate() && !isOwnThread()) {
            awaitDrain();
        }
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + Deadline.nanos(limit);
        return drain.awaitDone(Deadline.nanos(limit))
                && drain.ended(deadline)
                && Threads.join(acceptThread, deadline)
                && Threads.join(drainThread, deadline);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public int connections() {
        return connections.count();
    }

    @Override
    public ServerCounts counts() {
        return reports.counters().counts(connections.count());
    }

    @Override
    public boolean isRunning() {
        return running.get();
    }

    @Override
    public String toString() {
        return "server \"" + settings.name() + "\" on " + listener.address() + (running.get() ? "" : ", ended");
    }
}
