package io.sluice.internal.cdi.endpoint;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContext;
import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.settings.ContextName;
import io.sluice.server.AcceptingServer;
import io.sluice.server.ChallengeResponder;
import io.sluice.server.ConnectionHandler;
import io.sluice.server.OpenChallenges;
import io.sluice.server.ServerDescription;
import io.sluice.server.ServerDescription.State;
import io.sluice.server.ServerObserver;
import io.sluice.server.ServerSettings;
import io.sluice.server.ServerStart;
import io.sluice.server.ServerStarted;
import io.sluice.server.ServerTls;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.server.TlsAlpnChallenges;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The servers of one container. They create streams through its creator beans, and end before the container does. Thread-safe. */
public final class ContainerServers implements SocketServers {

    private static final Logger LOG = System.getLogger(ContainerServers.class.getName());

    private record Started(SocketServer server) implements ServerStarted {}

    private record Creator(SocketStreamCreator creator, CreationalContext<?> context) {}

    private final BeanManager beans;
    private final SluiceRuntime sluice;
    private final ServerObserver observer;
    private final OpenChallenges challenges = new OpenChallenges();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Set<AcceptingServer> servers = new HashSet<>();

    /** The endpoints by name, as they are before they listen. */
    @GuardedBy("lock")
    private final Map<String, ServerDescription> expected = new LinkedHashMap<>();

    /** The endpoints that have listened, by name. */
    @GuardedBy("lock")
    private final Map<String, AcceptingServer> endpoints = new HashMap<>();

    @GuardedBy("lock")
    private final Map<String, Creator> creators = new HashMap<>();

    @GuardedBy("lock")
    private boolean stopped;

    public ContainerServers(BeanManager beans, SluiceRuntime sluice, ServerObserver observer) {
        this.beans = beans;
        this.sluice = sluice;
        this.observer = observer;
    }

    /** Describes these endpoints from now on, although they do not listen yet. */
    void expect(List<Endpoint> enabled) {
        lock.lock();
        try {
            enabled.forEach(endpoint -> expected.put(endpoint.name(), endpoint.describe()));
        } finally {
            lock.unlock();
        }
    }

    /** Starts the server of an endpoint. */
    SocketServer startUp(Endpoint endpoint) throws IOException {
        AcceptingServer server = startStreams(endpoint.start(beans));
        lock.lock();
        try {
            endpoints.put(endpoint.name(), server);
        } finally {
            lock.unlock();
        }
        return server;
    }

    @Override
    public <S extends SocketStream> SocketServer startUp(ServerStart<S> start) throws IOException {
        return startStreams(start);
    }

    private <S extends SocketStream> AcceptingServer startStreams(ServerStart<S> start) throws IOException {
        AcceptingServer server;
        try {
            server = start(start.settings(), handler(start), tls(start), description(start));
        } catch (IOException | RuntimeException e) {
            start.announce(new ServerStart.Outcome.Failed(e));
            throw e;
        }
        return announce(server, () -> start.announce(new ServerStart.Outcome.Started(server)));
    }

    @Override
    public SocketServer startUp(ServerSettings settings, ConnectionHandler handler) throws IOException {
        if (settings.proxyProtocol().isPresent()) {
            throw new IllegalArgumentException(
                    "server '" + settings.name() + "': a PROXY header is read only when a stream is created,"
                            + " but this server passes on sockets. Start it with a ServerStart");
        }
        return start(settings, handler, ServerTls.none(), "sockets");
    }

    /** Rejects a stream class or an initarg now that would fail every connection. */
    private <S extends SocketStream> StreamHandler<S> handler(ServerStart<S> start) {
        SocketStreamCreator creator = creator(start.context(), start.settings().name());
        try {
            sluice.streamFactory().check(start.streamClass(), start.initargs().toArray(Initarg[]::new));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("server '" + start.settings().name() + "': " + e.getMessage(), e);
        }
        return new StreamHandler<>(creator, start.streamClass(), start.function(), start.initargs());
    }

    private ServerTls tls(ServerStart<?> start) {
        Initarg[] initargs = start.initargs().toArray(Initarg[]::new);
        NamedSslContext context = sluice.contexts().get(start.context());
        return new ServerTls(
                sluice.streamFactory().namedContext(context, initargs),
                new ChallengeResponder(challenges, () -> sluice.streamFactory().serverHandshake(context, initargs)));
    }

    /** The challenges that these servers answer. */
    public TlsAlpnChallenges challenges() {
        return challenges;
    }

    private static String description(ServerStart<?> start) {
        return start.streamClass().getSimpleName() + " streams of " + ContextName.quoted(start.context());
    }

    private AcceptingServer start(ServerSettings settings, ConnectionHandler handler, ServerTls tls, String served)
            throws IOException {
        AcceptingServer server = listen(settings, handler, tls);
        return announce(server, () -> {
            LOG.log(Level.INFO, server + " serves " + served);
            beans.getEvent().select(ServerStarted.class).fire(new Started(server));
        });
    }

    /** Notifies observers and listeners. If one throws, the server ends. */
    private static AcceptingServer announce(AcceptingServer server, Runnable notification) {
        try {
            notification.run();
            return server;
        } catch (RuntimeException | Error e) {
            server.terminate();
            throw e;
        }
    }

    private AcceptingServer listen(ServerSettings settings, ConnectionHandler handler, ServerTls tls)
            throws IOException {
        lock.lock();
        try {
            requireRunning(settings.name());
            servers.removeIf(known -> hasEnded(known) || isReplaced(known, settings.name()));
            AcceptingServer server = AcceptingServer.start(settings, handler, observer, tls);
            servers.add(server);
            return server;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void requireRunning(String server) {
        if (stopped) {
            throw new IllegalStateException("server '" + server
                    + "': the container has stopped. Start servers only while the application runs");
        }
    }

    @Override
    public List<SocketServer> running() {
        lock.lock();
        try {
            return servers.stream()
                    .<SocketServer>map(server -> server)
                    .filter(SocketServer::isRunning)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<ServerDescription> describe() {
        lock.lock();
        try {
            List<ServerDescription> all = new ArrayList<>();
            expected.forEach((name, description) -> {
                AcceptingServer server = endpoints.get(name);
                all.add(server == null ? description : server.describe(true));
            });
            Collection<AcceptingServer> described = endpoints.values();
            servers.stream()
                    .filter(server -> !hasEnded(server) && !described.contains(server))
                    .forEach(server -> all.add(server.describe(false)));
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    private static boolean hasEnded(AcceptingServer server) {
        return server.state() == State.ENDED;
    }

    /** A server that failed is described until another one of its name starts. */
    private static boolean isReplaced(AcceptingServer server, String name) {
        return server.state() == State.FAILED && server.name().equals(name);
    }

    /** One creator for all servers of a context, so that servers leave nothing behind in the container. */
    private SocketStreamCreator creator(String context, String server) {
        sluice.contexts().get(context);
        lock.lock();
        try {
            requireRunning(server);
            return creators.computeIfAbsent(context, this::lookUp).creator();
        } finally {
            lock.unlock();
        }
    }

    private Creator lookUp(String name) {
        Bean<?> bean = beans.resolve(beans.getBeans(SocketStreamCreator.class, SslContext.Literal.of(name)));
        CreationalContext<?> context = beans.createCreationalContext(bean);
        return new Creator((SocketStreamCreator) beans.getReference(bean, SocketStreamCreator.class, context), context);
    }

    /** Drains all servers at the same time, each within its own drain timeout. */
    public void stop() {
        List<SocketServer> remaining;
        List<Creator> unused;
        lock.lock();
        try {
            stopped = true;
            challenges.stop();
            remaining = List.copyOf(servers);
            unused = List.copyOf(creators.values());
        } finally {
            lock.unlock();
        }
        SocketServer.terminateAll(remaining);
        unused.forEach(creator -> creator.context().release());
    }
}
