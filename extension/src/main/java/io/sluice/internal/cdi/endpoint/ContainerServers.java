package io.sluice.internal.cdi.endpoint;

import io.sluice.context.SslContext;
import io.sluice.internal.cdi.container.SluiceRuntime;
import io.sluice.internal.settings.ContextName;
import io.sluice.server.AcceptingServer;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.ConnectionHandler;
import io.sluice.server.ServerSettings;
import io.sluice.server.ServerStart;
import io.sluice.server.ServerStarted;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamCreator;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** The servers of one container: they create through its creator beans, and end before it does. Thread-safe. */
public final class ContainerServers implements SocketServers {

    private static final Logger LOG = System.getLogger(ContainerServers.class.getName());

    private record Started(SocketServer server) implements ServerStarted {}

    private record Creator(SocketStreamCreator creator, CreationalContext<?> context) {}

    private final BeanManager beans;
    private final SluiceRuntime sluice;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<SocketServer> servers = new HashSet<>();
    private final Map<String, Creator> creators = new HashMap<>();
    private boolean stopped;

    public ContainerServers(BeanManager beans, SluiceRuntime sluice) {
        this.beans = beans;
        this.sluice = sluice;
    }

    @Override
    public <S extends SocketStream> SocketServer startUp(ServerStart<S> start) throws IOException {
        SocketServer server;
        try {
            server = started(start.settings(), handler(start), what(start));
        } catch (IOException | RuntimeException e) {
            start.announce(new ServerStart.Outcome.Failed(e));
            throw e;
        }
        return orEnd(server, () -> start.announce(new ServerStart.Outcome.Started(server)));
    }

    @Override
    public SocketServer startUp(ServerSettings settings, ConnectionHandler handler) throws IOException {
        if (settings.proxyProtocol().isPresent()) {
            throw new IllegalArgumentException(
                    "server \"" + settings.name() + "\": a balancer's PROXY header is read where a"
                            + " stream is made, and this server hands over sockets. Start it with a ServerStart");
        }
        return started(settings, handler, "sockets");
    }

    private <S extends SocketStream> StreamHandler<S> handler(ServerStart<S> start) {
        SocketStreamCreator creator = creator(start.context(), start.settings().name());
        return new StreamHandler<>(
                creator, start.streamClass(), CurrentConnection.bind(start.function()), start.initargs());
    }

    private static String what(ServerStart<?> start) {
        return start.streamClass().getSimpleName() + " streams of " + ContextName.quoted(start.context());
    }

    private SocketServer started(ServerSettings settings, ConnectionHandler handler, String what) throws IOException {
        SocketServer server = listening(settings, handler);
        return orEnd(server, () -> {
            LOG.log(Level.INFO, server + " serves " + what);
            beans.getEvent().select(ServerStarted.class).fire(new Started(server));
        });
    }

    /** A server whose start somebody objects to does not stay. */
    private static SocketServer orEnd(SocketServer server, Runnable telling) {
        try {
            telling.run();
            return server;
        } catch (RuntimeException | Error e) {
            server.terminate();
            throw e;
        }
    }

    private SocketServer listening(ServerSettings settings, ConnectionHandler handler) throws IOException {
        lock.lock();
        try {
            requireRunning(settings.name());
            servers.removeIf(server -> !server.isRunning() && server.connections() == 0);
            SocketServer server = AcceptingServer.start(settings, handler, this::fire);
            servers.add(server);
            return server;
        } finally {
            lock.unlock();
        }
    }

    private void requireRunning(String server) {
        if (stopped) {
            throw new IllegalStateException("server \"" + server
                    + "\": the container has stopped. Start servers only while the application runs");
        }
    }

    @Override
    public List<SocketServer> running() {
        lock.lock();
        try {
            return servers.stream().filter(SocketServer::isRunning).toList();
        } finally {
            lock.unlock();
        }
    }

    private void fire(ConnectionFailed failed) {
        beans.getEvent().select(ConnectionFailed.class).fire(failed);
    }

    /** One for all servers of a context, so that a server costs the container nothing to keep. */
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

    /** Drains all servers at once, each within its own drain timeout. */
    public void stop() {
        List<SocketServer> left;
        lock.lock();
        try {
            stopped = true;
            left = List.copyOf(servers);
        } finally {
            lock.unlock();
        }
        SocketServer.terminateAll(left);
        creators.values().forEach(creator -> creator.context().release());
    }
}
