package io.sluice.cdi;

import io.sluice.context.SslContext;
import io.sluice.server.ConnectionFailed;
import io.sluice.server.ServerStart;
import io.sluice.server.ServerStarted;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.server.StreamHandler;
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
final class ContainerServers implements SocketServers {

    private static final Logger LOG = System.getLogger(ContainerServers.class.getName());

    private record Creator(SocketStreamCreator creator, CreationalContext<?> context) {}

    private final BeanManager beans;
    private final Sluice sluice;
    private final ReentrantLock lock = new ReentrantLock();
    private final Set<SocketServer> servers = new HashSet<>();
    private final Map<String, Creator> creators = new HashMap<>();
    private boolean stopped;

    ContainerServers(BeanManager beans, Sluice sluice) {
        this.beans = beans;
        this.sluice = sluice;
    }

    @Override
    public <S extends SocketStream> SocketServer startUp(ServerStart<S> start) throws IOException {
        try {
            SocketServer server = started(start);
            tell(server, start);
            start.announce().accept(server, null);
            return server;
        } catch (IOException | RuntimeException e) {
            start.announce().accept(null, e);
            throw e;
        }
    }

    /** A server whose start an observer objects to does not stay. */
    private void tell(SocketServer server, ServerStart<?> start) {
        LOG.log(
                Level.INFO,
                server + " serves " + start.streamClass().getSimpleName() + " streams of context '" + start.context()
                        + "'");
        try {
            beans.getEvent().select(ServerStarted.class).fire(new ServerStarted(server));
        } catch (RuntimeException e) {
            server.terminate();
            throw e;
        }
    }

    private <S extends SocketStream> SocketServer started(ServerStart<S> start) throws IOException {
        lock.lock();
        try {
            if (stopped) {
                throw new IllegalStateException("server \"" + start.settings().name()
                        + "\": the container has stopped. Start servers only while the application runs");
            }
            StreamHandler<S> handler = new StreamHandler<>(
                    creator(start.context()),
                    start.streamClass(),
                    CurrentConnection.around(start.function()),
                    start.initargs());
            servers.removeIf(server -> !server.isRunning() && server.connections() == 0);
            SocketServer server = SocketServer.start(start.settings(), handler, this::fire);
            servers.add(server);
            return server;
        } finally {
            lock.unlock();
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
    private SocketStreamCreator creator(String name) {
        sluice.contexts().get(name);
        return creators.computeIfAbsent(name, this::lookUp).creator();
    }

    private Creator lookUp(String name) {
        Bean<?> bean = beans.resolve(beans.getBeans(SocketStreamCreator.class, SslContext.Literal.of(name)));
        CreationalContext<?> context = beans.createCreationalContext(bean);
        return new Creator((SocketStreamCreator) beans.getReference(bean, SocketStreamCreator.class, context), context);
    }

    /** Drains all servers at once, each within its own drain timeout. */
    void stop() {
        List<SocketServer> left;
        lock.lock();
        try {
            stopped = true;
            left = List.copyOf(servers);
        } finally {
            lock.unlock();
        }
        terminate(left);
        creators.values().forEach(creator -> creator.context().release());
    }

    private static void terminate(List<SocketServer> servers) {
        List<Thread> drains = servers.stream()
                .map(server -> new Thread(server::terminate, server.name() + "-stop"))
                .toList();
        drains.forEach(Thread::start);
        try {
            for (Thread drain : drains) {
                drain.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
