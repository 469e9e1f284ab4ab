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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private final ServerList servers = new ServerList();

    @GuardedBy("lock")
    private final Map<String, Creator> creators = new HashMap<>();

    @GuardedBy("lock")
    private boolean stopped;

    /** Owns the codecs that are dependent beans. */
    @GuardedBy("lock")
    private final List<CreationalContext<?>> dependents = new ArrayList<>();

    public ContainerServers(BeanManager beans, SluiceRuntime sluice, ServerObserver observer) {
        this.beans = beans;
        this.sluice = sluice;
        this.observer = observer;
    }

    /** Describes these endpoints from now on, although they do not listen yet. */
    void expect(List<Endpoint> enabled) {
        lock.lock();
        try {
            for (Endpoint endpoint : enabled) {
                servers.expect(endpoint.describe());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Starts the server of an endpoint. */
    SocketServer startUp(Endpoint endpoint) throws IOException {
        if (!endpoint.method().isOfMessages()) {
            return startUp(endpoint.start(beans));
        }
        CreationalContext<?> codecs = beans.createCreationalContext(null);
        lock.lock();
        try {
            dependents.add(codecs);
        } finally {
            lock.unlock();
        }
        return startUp(endpoint.startMessages(beans, codecs));
    }

    private <S extends SocketStream, M> SocketServer startUp(MessageStart<S, M> start) throws IOException {
        Initarg[] initargs = start.initargs().toArray(Initarg[]::new);
        NamedSslContext context = sluice.contexts().get(start.context());
        boolean hasHeader = start.settings().proxyProtocol().isPresent();
        MessageStreamHandler<S, M> handler = new MessageStreamHandler<>(
                creator(start.context(), start.settings().name()),
                start.streamClass(),
                start.codec(),
                start.limits(),
                () -> FirstByte.limit(sluice.streamFactory(), context, hasHeader, initargs),
                start.functions(),
                start.initargs());
        ServerTls tls = tls(context, initargs);
        AcceptingServer server =
                listen(start.settings(), () -> AcceptingServer.start(start.settings(), handler, observer, tls));
        return announceStarted(server, "messages of " + ContextName.quoted(start.context()));
    }

    @Override
    public <S extends SocketStream> SocketServer startUp(ServerStart<S> start) throws IOException {
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
        return tls(sluice.contexts().get(start.context()), start.initargs().toArray(Initarg[]::new));
    }

    private ServerTls tls(NamedSslContext context, Initarg... initargs) {
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
        AcceptingServer server = listen(settings, () -> AcceptingServer.start(settings, handler, observer, tls));
        return announceStarted(server, served);
    }

    private AcceptingServer announceStarted(AcceptingServer server, String served) {
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

    private interface Opening {
        AcceptingServer open() throws IOException;
    }

    private AcceptingServer listen(ServerSettings settings, Opening opening) throws IOException {
        lock.lock();
        try {
            requireRunning(settings.name());
            AcceptingServer server = opening.open();
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
            return servers.all().stream()
                    .filter(SocketServer::isRunning)
                    .<SocketServer>map(server -> server)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<ServerDescription> describe() {
        lock.lock();
        try {
            return servers.describe();
        } finally {
            lock.unlock();
        }
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
        List<AcceptingServer> remaining;
        List<CreationalContext<?>> unused;
        lock.lock();
        try {
            stopped = true;
            challenges.stop();
            remaining = servers.all();
            unused = new ArrayList<>(dependents);
            creators.values().forEach(creator -> unused.add(creator.context()));
        } finally {
            lock.unlock();
        }
        SocketServer.terminateAll(remaining);
        unused.forEach(CreationalContext::release);
    }
}
