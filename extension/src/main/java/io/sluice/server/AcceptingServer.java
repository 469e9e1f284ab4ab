package io.sluice.server;

import io.sluice.stream.SocketStreamException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Accepts on a thread that does nothing else, serves each connection on a thread of its own, and drains. */
final class AcceptingServer implements SocketServer {

    private static final Logger LOG = System.getLogger(AcceptingServer.class.getName());

    /** How long connections may take to close in order, and handlers to notice that theirs is closed. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private final ServerSettings settings;
    private final ConnectionHandler handler;
    private final Consumer<ConnectionFailed> failures;
    private final Listener listener;
    private final ConnectionThreads threads;
    private final Connections connections;
    private final Thread acceptThread;
    private final AcceptFaults faults;
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final CountDownLatch ended = new CountDownLatch(1);

    private AcceptingServer(
            ServerSettings settings,
            ConnectionHandler handler,
            Consumer<ConnectionFailed> failures,
            ConnectionThreads threads,
            Listener listener) {
        this.settings = settings;
        this.handler = handler;
        this.failures = failures;
        this.listener = listener;
        this.threads = threads;
        this.connections =
                new Connections(settings.maxConnections() == 0 ? threads.mostAtOnce() : settings.maxConnections());
        this.faults = new AcceptFaults(settings.name());
        this.acceptThread = acceptThread();
    }

    static AcceptingServer start(
            ServerSettings settings, ConnectionHandler handler, Consumer<ConnectionFailed> failures)
            throws IOException {
        ConnectionThreads threads = ConnectionThreads.of(settings.threads(), settings.name());
        Listener listener = Listener.bind(settings);
        try {
            AcceptingServer server = new AcceptingServer(settings, handler, failures, threads, listener);
            server.acceptThread.start();
            return server;
        } catch (Throwable t) {
            listener.close();
            throw t;
        }
    }

    private Thread acceptThread() {
        @Nullable Thread thread = threads.accepting().newThread(this::acceptAll);
        if (thread == null) {
            throw new IllegalStateException(
                    "server \"" + settings.name() + "\": the thread factory gives no thread to accept on");
        }
        thread.setName(settings.name() + "-accept");
        return thread;
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

    private void acceptOne() throws IOException, InterruptedException {
        boolean waits = settings.whenFull() == WhenFull.WAIT;
        if (waits) {
            connections.awaitRoom();
        }
        boolean served = false;
        try {
            Socket socket = listener.accept();
            if (waits || connections.takeRoom()) {
                served = true;
                serve(socket);
            } else {
                reset(socket);
            }
        } finally {
            if (waits && !served) {
                connections.giveRoom();
            }
        }
    }

    /** Takes over the room as well as the socket. */
    private void serve(Socket socket) throws IOException {
        ServerConnection connection = new ServerConnection(socket, this, settings.proxyProtocol());
        boolean started = false;
        try {
            if (connections.add(connection)) {
                threads.executor().execute(() -> run(connection));
                started = true;
            }
        } finally {
            if (!started) {
                connection.abort();
                leave(connection);
            }
        }
    }

    private static void reset(Socket socket) throws IOException {
        try (socket) {
            socket.setSoLinger(true, 0);
        }
    }

    private void leave(ServerConnection connection) {
        connections.remove(connection);
        connections.giveRoom();
    }

    private void run(ServerConnection connection) {
        try {
            connection.servedHere();
            listener.prepare(connection.socket());
            handler.handle(connection);
        } catch (Throwable t) {
            connection.abort(); // First: where descriptors are short, telling may need this one.
            tell(connection, new ConnectionFailed(settings.name(), connection.peer(), t));
        } finally {
            connection.abort();
            leave(connection);
        }
    }

    /** A condition of the peer's making says all in its message; anything else is worth its stack trace. */
    private void tell(ServerConnection connection, ConnectionFailed failed) {
        String what = "server \"" + failed.endpoint() + "\", peer " + failed.peer() + ": the connection failed";
        if (connection.isCheckOfBalancer(failed.cause())) {
            LOG.log(Level.DEBUG, what + " as a balancer's checks do: " + failed.cause());
            return;
        }
        if (failed.cause() instanceof SocketStreamException condition) {
            LOG.log(Level.INFO, what + ": " + condition.getMessage());
        } else {
            LOG.log(Level.WARNING, what, failed.cause());
        }
        try {
            failures.accept(failed);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, what + ", and so did whoever was told", e);
        }
    }

    @Override
    public boolean terminate() {
        if (!running.compareAndSet(true, false)) {
            return false;
        }
        listener.close();
        acceptThread.interrupt();
        connections.takeInNoMore();
        if (connections.present().stream().anyMatch(ServerConnection::isServedHere)) {
            Thread drain = new Thread(this::drain, settings.name() + "-drain");
            drain.setDaemon(true);
            drain.start();
        } else {
            drain();
        }
        return true;
    }

    private void drain() {
        try {
            if (!connections.awaitNone(settings.drainTimeout())) {
                closeAll();
            }
        } finally {
            threads.executor().shutdown();
            ended.countDown();
        }
    }

    /** In order first, all at once; then without a word; and what waits for something else is interrupted. */
    private void closeAll() {
        connections.present().forEach(connection -> threads.executor().execute(connection::close));
        if (!connections.awaitNone(CLOSE_LIMIT)) {
            connections.present().forEach(ServerConnection::abort);
            connections.present().forEach(ServerConnection::interrupt);
            if (!connections.awaitNone(CLOSE_LIMIT)) {
                LOG.log(
                        Level.WARNING,
                        "server \"" + settings.name() + "\": " + connections.count()
                                + " handlers go on after their connections were closed and their threads interrupted");
            }
        }
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        return ended.await(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
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
    public boolean isRunning() {
        return running.get();
    }

    @Override
    public String toString() {
        return "server \"" + settings.name() + "\" on " + listener.address() + (running.get() ? "" : ", ended");
    }
}
