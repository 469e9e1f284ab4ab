package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.transport.Deadline;
import io.sluice.internal.transport.ReadinessLoop;
import io.sluice.server.ServerDescription.State;
import io.sluice.stream.SocketStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A server with one thread that accepts, one that drains, and a thread for each connection. The end needs no new thread: the accept thread
 * then helps to close connections.
 *
 * @hidden
 */
@Internal
public final class AcceptingServer implements SocketServer {

    private static final Logger LOG = System.getLogger(AcceptingServer.class.getName());

    private final ServerSettings settings;
    private final ConnectionService service;
    private final Optional<ReadinessLoop> loop;
    private final Optional<Thread> loopThread;
    private final Acceptor acceptor;
    private final Rotation rotation;
    private final Listener listener;
    private final ConnectionThreads threads;
    private final Connections connections;
    private final ConnectionReports reports;
    private final AcceptFailures acceptFailures;
    private final Drain drain;
    private final Thread acceptThread;
    private final Thread drainThread;
    private final Optional<Thread> rotationThread;
    private final Optional<ReloadableContext> context;
    /** {@code ENDING} also when all connections have ended. */
    private final AtomicReference<State> phase = new AtomicReference<>(State.RUNNING);

    private AcceptingServer(
            ServerSettings settings,
            Function<AcceptingServer, ConnectionService> service,
            Optional<ReadinessLoop> loop,
            ServerObserver observer,
            ServerTls tls,
            ConnectionThreads threads,
            Listener listener) {
        this.settings = settings;
        this.service = service.apply(this);
        this.loop = loop;
        this.listener = listener;
        this.threads = threads;
        this.context = tls.context();
        this.connections = new Connections(
                settings.maxConnections() == 0 ? threads.maxTasks() : settings.maxConnections(),
                settings.whenFull(),
                settings.backlog());
        this.reports = new ConnectionReports(settings.name(), observer);
        this.acceptFailures = new AcceptFailures(settings.name());
        this.drain = new Drain(settings, connections, threads, List.of(reports.log(), acceptFailures.log()));
        this.rotation = new Rotation(settings, connections, threads, tls.context());
        this.acceptor = new Acceptor(
                this, settings, listener, threads, connections, rotation, reports, acceptFailures, tls.challenges());
        this.acceptThread = thread("accept", this::accept);
        this.drainThread = thread("drain", this::drain);
        this.rotationThread =
                rotation.needsThread() ? Optional.of(thread("rotation", rotation::run)) : Optional.empty();
        this.loopThread = loop.map(waiting -> thread("idle", waiting::run));
    }

    /**
     * Starts a server that answers no challenges: see the other method of this name.
     *
     * @param settings the settings of the server
     * @param handler serves each connection
     * @param observer is notified of each connection that fails, on its thread, and may observe all of them
     * @return the server, which the caller must close or terminate
     * @throws IOException if the port cannot be bound: names the server and the address; nothing is left open
     */
    public static AcceptingServer start(ServerSettings settings, ConnectionHandler handler, ServerObserver observer)
            throws IOException {
        return start(settings, handler, observer, ServerTls.none());
    }

    /**
     * Binds the port and starts to accept.
     *
     * @param settings the settings of the server
     * @param handler serves each connection
     * @param observer is notified of each connection that fails, on its thread, and may observe all of them
     * @param tls what is known about the TLS of its streams
     * @return the server, which the caller must close or terminate
     * @throws IOException if the port cannot be bound: names the server and the address; nothing is left open
     * @throws IllegalStateException if the requested kind of threads is not available, or the thread factory gives no thread
     */
    public static AcceptingServer start(
            ServerSettings settings, ConnectionHandler handler, ServerObserver observer, ServerTls tls)
            throws IOException {
        ConnectionThreads threads = ConnectionThreads.of(settings.threads(), settings.name());
        return start(settings, handler, observer, tls, threads);
    }

    static AcceptingServer start(
            ServerSettings settings, ConnectionHandler handler, ServerObserver observer, ConnectionThreads threads)
            throws IOException {
        return start(settings, handler, observer, ServerTls.none(), threads);
    }

    private static AcceptingServer start(
            ServerSettings settings,
            ConnectionHandler handler,
            ServerObserver observer,
            ServerTls tls,
            ConnectionThreads threads)
            throws IOException {
        boolean channels =
                tls.context().map(ReloadableContext::prefersDirectBuffers).orElse(false);
        Listener listener = Listener.bind(settings, channels);
        try {
            AcceptingServer server = new AcceptingServer(
                    settings,
                    own -> new ThreadService(own, handler),
                    Optional.empty(),
                    observer,
                    tls,
                    threads,
                    listener);
            server.startThreads();
            return server;
        } catch (Throwable t) {
            listener.close();
            threads.executor().shutdown();
            throw t;
        }
    }

    /**
     * Starts a server whose connections have a thread only while a message is handled.
     *
     * @param settings the settings of the server
     * @param handler serves each connection message by message
     * @param observer is notified of each connection that fails, and may observe all of them
     * @param tls what is known about the TLS of its streams
     * @param <S> the stream class
     * @param <M> the type of the messages
     * @return the server, which the caller must close or terminate
     * @throws IOException if the port cannot be bound: names the server and the address; nothing is left open
     * @throws IllegalStateException if the requested kind of threads is not available, or the thread factory gives no thread
     */
    public static <S extends SocketStream, M> AcceptingServer start(
            ServerSettings settings, MessageHandler<S, M> handler, ServerObserver observer, ServerTls tls)
            throws IOException {
        ConnectionThreads threads =
                ConnectionThreads.of(settings.threads(), settings.name()).forMessages(settings.maxHandlers());
        Listener listener = Listener.bind(settings, true);
        @Nullable ReadinessLoop loop = null;
        try {
            ReadinessLoop opened = new ReadinessLoop();
            loop = opened;
            AcceptingServer server = new AcceptingServer(
                    settings,
                    own -> new MessageService<>(own, handler, threads, opened),
                    Optional.of(opened),
                    observer,
                    tls,
                    threads,
                    listener);
            server.startThreads();
            return server;
        } catch (Throwable t) {
            listener.close();
            threads.executor().shutdown();
            if (loop != null) {
                loop.close();
            }
            throw t;
        }
    }

    /**
     * Checks whether a server could listen: binds the port and frees it.
     *
     * @param settings the settings of the server
     * @throws IOException if the port cannot be bound: names the server and the address
     * @throws IllegalStateException if virtual threads are requested and the JDK has none
     */
    public static void checkPort(ServerSettings settings) throws IOException {
        ConnectionThreads.check(settings.threads(), settings.name());
        Listener.bind(settings, false).close();
    }

    private Thread thread(String purpose, Runnable task) {
        @Nullable Thread thread = threads.factory().newThread(task);
        if (thread == null) {
            throw new IllegalStateException("server '" + settings.name()
                    + "': the thread factory returned null for the " + purpose + " thread");
        }
        thread.setName(settings.name() + "-" + purpose);
        return thread;
    }

    private void startThreads() {
        drainThread.start();
        try {
            rotation.begin();
            acceptor.begin();
            loopThread.ifPresent(Thread::start);
            rotationThread.ifPresent(Thread::start);
            acceptThread.start();
        } catch (Throwable t) {
            shutDown(State.ENDING);
            throw t;
        }
    }

    /** A server that can no longer accept ends, because otherwise its failure would go unnoticed. */
    private void accept() {
        try {
            acceptor.acceptAll();
        } finally {
            shutDownAfterInterrupt();
        }
        drain.awaitAndHelpClose();
    }

    private boolean shutDownAfterInterrupt() {
        boolean first = shutDown(State.FAILED);
        if (first) {
            LOG.log(
                    Level.WARNING,
                    "server '" + settings.name()
                            + "': an interrupt ended it before it was terminated. Application servers"
                            + " interrupt the threads when they shut down their thread factory. The server drains now");
        }
        return first;
    }

    ConnectionService service() {
        return service;
    }

    ConnectionReports reports() {
        return reports;
    }

    /** Prepares the socket of a connection. Returns false if it was an authority's challenge, which is answered. */
    boolean isReady(ServerConnection connection) {
        listener.prepare(connection.socket());
        return !acceptor.answersChallenge(connection);
    }

    /** Ends a connection that was served. Returns the one that gets its permit, if any. */
    @Nullable
    ServerConnection end(ServerConnection connection) {
        connection.abort();
        rotation.remove(connection);
        reports.ended(connection);
        @Nullable ServerConnection next = connections.remove(connection);
        drain.helpClose();
        reports.log().summariseWhenDue();
        acceptFailures.log().summariseWhenDue();
        return next;
    }

    private boolean shutDown(State next) {
        if (!phase.compareAndSet(State.RUNNING, next)) {
            return false;
        }
        listener.close();
        acceptThread.interrupt();
        acceptor.close();
        rotation.end();
        drain.begin();
        connections.snapshot().forEach(ServerConnection::serverEnds);
        return true;
    }

    private void drain() {
        try {
            drain.awaitBegin();
        } catch (InterruptedException e) {
            if (!shutDownAfterInterrupt()) {
                Thread.currentThread().interrupt(); // The end has already begun, and must not wait.
            }
        }
        try {
            drain.run(acceptThread);
        } finally {
            loop.ifPresent(ReadinessLoop::end);
        }
    }

    @Override
    public boolean terminate() {
        boolean first = shutDown(State.ENDING);
        if (first) {
            awaitDrain();
        }
        return first;
    }

    /** A thread of the server must not wait for its own end. */
    private boolean isOwnThread() {
        Thread current = Thread.currentThread();
        return current == acceptThread
                || current == drainThread
                || connections.snapshot().stream().anyMatch(connection -> connection.hasThread(current));
    }

    private void awaitDrain() {
        if (isOwnThread()) {
            return;
        }
        try {
            if (!awaitDrain(settings.drainTimeout())) {
                awaitDrain(Drain.CLOSE_LIMIT.multipliedBy(3));
            }
        } catch (InterruptedException e) {
            drainThread.interrupt();
            awaitInterruptedDrain();
            Thread.currentThread().interrupt();
        }
    }

    private boolean awaitDrain(Duration limit) throws InterruptedException {
        return ConnectionThreads.join(drainThread, System.nanoTime() + Deadline.nanos(limit));
    }

    private void awaitInterruptedDrain() {
        try {
            awaitDrain(Drain.CLOSE_LIMIT.multipliedBy(2));
        } catch (InterruptedException e) {
            // Interrupted again: the caller does not want to wait.
        }
    }

    static void terminateAll(Collection<? extends SocketServer> servers) {
        List<AcceptingServer> draining = new ArrayList<>();
        for (SocketServer server : servers) {
            if (server instanceof AcceptingServer own) {
                own.shutDown(State.ENDING);
                draining.add(own);
            } else {
                server.terminate();
            }
        }
        draining.forEach(AcceptingServer::awaitDrain);
    }

    @Override
    public void close() {
        if (!terminate()) {
            awaitDrain();
        }
    }

    @Override
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + Deadline.nanos(limit);
        return ConnectionThreads.join(drainThread, deadline)
                && drain.awaitTermination(deadline)
                && ConnectionThreads.join(acceptThread, deadline)
                && (rotationThread.isEmpty() || ConnectionThreads.join(rotationThread.get(), deadline))
                && (loopThread.isEmpty() || ConnectionThreads.join(loopThread.get(), deadline));
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
        return reports.counts(connections.count(), connections.waitingCount(), rotation.counts());
    }

    /**
     * Describes the server.
     *
     * @param endpoint whether it is an endpoint
     * @return its description
     */
    public ServerDescription describe(boolean endpoint) {
        return new DescribedServer(settings, context.map(ReloadableContext::name), endpoint, state(), this);
    }

    /**
     * Gives the state.
     *
     * @return the state now
     */
    public State state() {
        return switch (Objects.requireNonNull(phase.get())) {
            case RUNNING -> State.RUNNING;
            case FAILED -> State.FAILED;
            default -> connections.count() == 0 ? State.ENDED : State.ENDING;
        };
    }

    List<ConnectionDescription> describeConnections() {
        return connections.snapshot().stream().map(ServerConnection::describe).toList();
    }

    @Override
    public boolean isRunning() {
        return phase.get() == State.RUNNING;
    }

    @Override
    public String toString() {
        return "server '" + settings.name() + "' on " + listener.address()
                + (phase.get() == State.RUNNING ? "" : ", ended");
    }
}
