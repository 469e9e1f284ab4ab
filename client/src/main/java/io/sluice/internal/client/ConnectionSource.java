package io.sluice.internal.client;

import io.sluice.client.ConnectionCheck;
import io.sluice.internal.config.ClientSettings;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamConnector;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Opens the connections of one client, tells which of them are still good, and closes those that are not. Thread-safe.
 *
 * @param <S> the stream class
 */
final class ConnectionSource<S extends SocketStream> {

    /** The shortest limit of a read. Nothing is lost when it passes. */
    private static final Duration GLANCE = Duration.ofMillis(1);

    private final ClientSettings settings;
    private final Class<S> streamClass;
    private final SocketStreamConnector connector;
    private final Optional<ConnectionCheck<S>> check;
    private final Addresses addresses;
    private final Initarg[] initargs;
    private final ClientFigures figures = new ClientFigures();
    private final Set<Connection<S>> open = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    ConnectionSource(
            ClientSettings settings,
            Class<S> streamClass,
            SocketStreamConnector connector,
            Optional<ConnectionCheck<S>> check) {
        this.settings = settings;
        this.streamClass = streamClass;
        this.connector = connector;
        this.check = check;
        this.addresses = new Addresses(settings);
        this.initargs = initargs(settings.timeouts());
    }

    private static Initarg[] initargs(ClientSettings.Timeouts timeouts) {
        List<Initarg> initargs = new ArrayList<>(List.of(
                Initarg.connectTimeout(timeouts.connect()),
                Initarg.readTimeout(timeouts.read()),
                Initarg.writeTimeout(timeouts.write())));
        timeouts.handshake().map(Initarg::handshakeTimeout).ifPresent(initargs::add);
        return initargs.toArray(Initarg[]::new);
    }

    ClientSettings settings() {
        return settings;
    }

    Addresses addresses() {
        return addresses;
    }

    ClientFigures figures() {
        return figures;
    }

    /** The open connections that were made for other addresses than the preferred one. */
    boolean isAwayFromBest() {
        return open.stream().anyMatch(connection -> connection.position() > 0);
    }

    Connection<S> open() throws SocketStreamException {
        return adopt(addresses.open(this::connect));
    }

    /** Opens at an address that is preferred to those in use, if it is time to try one. */
    Optional<Connection<S>> openBetter() throws SocketStreamException {
        Optional<Reached<S>> reached = addresses.openBetter(this::connect);
        return reached.isPresent() ? Optional.of(adopt(reached.get())) : Optional.empty();
    }

    private S connect(InetSocketAddress address) throws SocketStreamException {
        requireNotEnded();
        try {
            return connector
                    .open(address.getHostString(), address.getPort(), streamClass, initargs)
                    .orElseThrow();
        } catch (SocketStreamException e) {
            figures.count(e.kind());
            throw e;
        }
    }

    private Connection<S> adopt(Reached<S> reached) throws SocketStreamException {
        Connection<S> connection = new Connection<>(reached.value(), reached.position(), lifetime());
        open.add(connection);
        figures.countOpened();
        if (ended) {
            close(connection, Discard.END);
            requireNotEnded();
        }
        return connection;
    }

    /** Less up to a tenth, so that connections that were opened together are not replaced together. */
    private long lifetime() {
        Duration most = settings.pool().maxLifetime();
        return most.isZero()
                ? Long.MAX_VALUE
                : most.toNanos() - ThreadLocalRandom.current().nextLong(most.toNanos() / 10 + 1);
    }

    void requireNotEnded() throws SocketStreamException {
        if (ended) {
            throw new SocketStreamException(
                    Kind.CLOSED,
                    "client '" + settings.name() + "' has ended with its application. Do not use it after the end");
        }
    }

    /** Why a connection must not be used any more, as far as can be told without touching it. */
    Optional<Discard> defect(Connection<S> connection) {
        if (!connection.isOpen()) {
            return Optional.of(Discard.PEER);
        }
        if (!isCurrent(connection.stream())) {
            return Optional.of(Discard.GENERATION);
        }
        if (!addresses.isBest(connection.position())) {
            return Optional.of(Discard.ADDRESS);
        }
        if (connection.hasExpired()) {
            return Optional.of(Discard.LIFETIME);
        }
        Duration idle = settings.pool().idleTimeout();
        return !idle.isZero() && connection.nanosUnused() >= idle.toNanos()
                ? Optional.of(Discard.IDLE)
                : Optional.empty();
    }

    private static boolean isCurrent(SocketStream stream) {
        return StreamFactory.generation(stream)
                .flatMap(used -> used.context().generation().map(now -> now.number() == used.number()))
                .orElse(true);
    }

    /** The same, and tests a connection that has not been used for some time. */
    Optional<Discard> defectBeforeUse(Connection<S> connection) {
        Optional<Discard> defect = defect(connection);
        if (defect.isPresent()
                || connection.nanosUnused() < settings.pool().testAfter().toNanos()) {
            return defect;
        }
        if (!isQuiet(connection.stream())) {
            return Optional.of(Discard.PEER);
        }
        return check.isEmpty() || passes(check.get(), connection.stream())
                ? Optional.empty()
                : Optional.of(Discard.CHECK);
    }

    /** Whether the peer has neither closed the connection nor sent anything. */
    private boolean isQuiet(S stream) {
        stream.readTimeout(GLANCE);
        try {
            stream.input().read();
            return false;
        } catch (SocketStreamException e) {
            return e.kind() == Kind.READ_TIMEOUT && stream.isOpen();
        } catch (IOException e) {
            return false;
        } finally {
            stream.readTimeout(settings.timeouts().read());
        }
    }

    private static <S extends SocketStream> boolean passes(ConnectionCheck<S> check, S stream) {
        try {
            return check.isUsable(stream) && stream.isOpen();
        } catch (IOException e) {
            return false;
        }
    }

    /** What a caller has changed, as it was. */
    void reset(S stream) {
        stream.readTimeout(settings.timeouts().read());
        stream.writeTimeout(settings.timeouts().write());
        stream.readDeadline(Duration.ZERO);
    }

    void close(Connection<S> connection, Discard why) {
        if (open.remove(connection)) {
            figures.count(why);
        }
        connection.close(why);
    }

    int openConnections() {
        return open.size();
    }

    boolean hasEnded() {
        return ended;
    }

    /** Nothing is opened from now on. */
    void end() {
        ended = true;
    }

    /** Closes what is still in use. */
    void closeAll() {
        open.forEach(connection -> close(connection, Discard.END));
    }
}
