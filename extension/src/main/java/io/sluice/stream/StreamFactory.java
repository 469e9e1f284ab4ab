package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.Internal;
import io.sluice.internal.context.Generation;
import io.sluice.internal.context.ReloadableContext;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.transport.AcceptedSocket;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.Transport;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamInstantiator.Made;
import io.sluice.stream.StreamResult.Failed;
import io.sluice.stream.StreamResult.Opened;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Creates streams: checks the arguments, takes the socket, upgrades it to TLS, creates the instance and hands it over. If a
 * step fails, the socket is closed. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class StreamFactory {

    private final StreamInstantiator instances;
    private final OpenStreams open;
    private final StreamObserver observer;

    /**
     * Creates the factory of one container.
     *
     * @param instances creates the instances
     * @param open tracks the open streams
     * @param observer observes the connections of the streams
     */
    public StreamFactory(StreamInstantiator instances, OpenStreams open, StreamObserver observer) {
        this.instances = instances;
        this.open = open;
        this.observer = observer;
    }

    /**
     * Creates a stream over a connected socket: see {@link SocketStreamCreator#create}.
     *
     * @param socket the socket, which the call owns from now on
     * @param streamClass the stream class
     * @param defaults the defaults for omitted initargs
     * @param initargs the initargs of the call
     * @param <S> the stream class
     * @return the stream or the condition
     * @throws SocketStreamException the condition, if errorp is true
     */
    public <S extends SocketStream> StreamResult<S> create(
            Socket socket, Class<S> streamClass, CreationDefaults defaults, Initarg... initargs)
            throws SocketStreamException {
        Objects.requireNonNull(socket, "socket");
        Initargs sorted;
        try {
            sorted = Initargs.of(initargs).forCreator();
            check(streamClass, sorted);
        } catch (Throwable t) {
            RawSocket.closeAfter(t, socket);
            throw t;
        }
        return result(sorted.get(InitargKey.ERRORP, defaults.errorp()), () -> {
            SslContextSpecifier context = sorted.get(InitargKey.SSL_CONTEXT, defaults.context());
            return createOver(take(socket, context), streamClass, new ConnectionPlan(context, sorted, defaults.side()));
        });
    }

    /**
     * Creates a stream over a new connection: see {@link SocketStreamConnector#open}.
     *
     * @param host the host
     * @param port the port
     * @param streamClass the stream class
     * @param defaults the defaults for omitted initargs
     * @param initargs the initargs of the call
     * @param <S> the stream class
     * @return the stream or the condition
     * @throws SocketStreamException the condition, if errorp is true
     */
    public <S extends SocketStream> StreamResult<S> connect(
            String host, int port, Class<S> streamClass, CreationDefaults defaults, Initarg... initargs)
            throws SocketStreamException {
        Initargs sorted = Initargs.of(initargs).forConnector();
        check(streamClass, sorted);
        Dialer dialing = new Dialer(host, port, sorted);
        return result(sorted.get(InitargKey.ERRORP, defaults.errorp()), () -> {
            SslContextSpecifier context = sorted.get(InitargKey.SSL_CONTEXT, defaults.context());
            ConnectionPlan plan = new ConnectionPlan(context, sorted, defaults.side()).withHost(host);
            return createOver(take(connected(dialing, plan), context), streamClass, plan);
        });
    }

    private Socket connected(Dialer dialing, ConnectionPlan plan) throws SocketStreamException {
        try {
            return dialing.connect(plan.context().description());
        } catch (SocketStreamException condition) {
            observer.notConnected(plan.contextName(), plan.side(), dialing.target(), condition);
            throw condition;
        }
    }

    /**
     * Checks that streams of a class can be created with these initargs, as a creation does before it exchanges any byte.
     *
     * @param streamClass the stream class
     * @param initargs the initargs of a creation
     * @throws IllegalArgumentException if the class or an initarg is invalid; the message names it
     */
    public void check(Class<? extends SocketStream> streamClass, Initarg... initargs) {
        check(streamClass, Initargs.of(initargs).forCreator());
    }

    /**
     * Returns how long the handshake of a stream may take whose client speaks first.
     *
     * @param context the context of its creator
     * @param initargs the initargs of a creation
     * @return the time, zero for no limit; empty if the stream is plaintext, or not the server's side
     */
    public Optional<Duration> serverHandshake(SslContextSpecifier context, Initarg... initargs) {
        Initargs sorted = Initargs.of(initargs).forCreator();
        SslContextSpecifier used = sorted.get(InitargKey.SSL_CONTEXT, context);
        ConnectionPlan plan = new ConnectionPlan(used, sorted, SslSide.SERVER);
        return used.isPlain() || plan.side() != SslSide.SERVER
                ? Optional.empty()
                : Optional.of(plan.limits().handshakeTimeout());
    }

    /**
     * Returns the named context of streams.
     *
     * @param context the context of their creator
     * @param initargs the initargs of a creation
     * @return the context; empty if they have none
     */
    public Optional<ReloadableContext> namedContext(SslContextSpecifier context, Initarg... initargs) {
        return ReloadableContext.behind(Initargs.of(initargs).get(InitargKey.SSL_CONTEXT, context));
    }

    /**
     * Returns the generation that a stream uses of its named context.
     *
     * @param stream the stream
     * @return the generation, even before the handshake; empty if the stream has no TLS, or no named context
     */
    public static Optional<Generation> generation(SocketStream stream) {
        return stream.connection().generation();
    }

    /**
     * Returns the socket below a stream.
     *
     * @param stream an open stream
     * @return the socket, which counts its bytes
     */
    public static RawSocket socket(SocketStream stream) {
        return stream.connection().transport().get().rawSocket();
    }

    /**
     * Enters the connection of a stream, as {@link SocketStream#inConnection(ConnectionTask)} does.
     *
     * @param stream the stream
     * @return the activation, to be left on the same thread
     */
    public static ConnectionActivation.Active enter(SocketStream stream) {
        return stream.connection().enter();
    }

    private void check(Class<? extends SocketStream> streamClass, Initargs initargs) {
        instances.check(Objects.requireNonNull(streamClass, "streamClass"), initargs);
    }

    private static RawSocket take(Socket socket, SslContextSpecifier context) throws SocketStreamException {
        try {
            return RawSocket.take(socket);
        } catch (TransportException e) {
            throw StreamExceptions.of(e, context.description());
        }
    }

    /** Closes the raw socket on every exit except success. */
    private <S extends SocketStream> S createOver(RawSocket raw, Class<S> streamClass, ConnectionPlan plan)
            throws Throwable {
        Runnable close = raw::close;
        @Nullable ObservedConnection observed = null;
        boolean isReady = false;
        try {
            observed = observed(raw, plan);
            ConnectionPlan upgrade = afterProxyHeader(raw, plan);
            ConnectionLabel label = upgrade.label(raw);
            Transport transport = upgrade.transport(raw, label);
            close = transport::close;
            StreamConnection connection = new StreamConnection(transport, label, upgrade, observed);
            close = () -> discard(connection);
            open.add(connection);
            requireNotStopped(label);
            if (upgrade.initargs().get(InitargKey.HANDSHAKE, Handshake.EAGER) == Handshake.EAGER) {
                connection.handshake();
                requireNotStopped(label);
            }
            isReady = true;
            return handOver(instances.make(streamClass, connection, upgrade.initargs()), connection, label);
        } catch (Throwable failure) {
            if (observed != null) {
                tell(observed, failure, isReady);
            }
            close.run();
            if (observed != null) {
                observed.streamClosed();
            }
            raw.closeFailure().filter(e -> e != failure).ifPresent(failure::addSuppressed);
            throw failure;
        }
    }

    /** From its constructor on, an instance may fail with the condition of another connection. */
    private static void tell(ObservedConnection observed, Throwable failure, boolean isReady) {
        if (isReady) {
            observed.failed(failure);
        } else {
            observed.notCreated(failure);
        }
    }

    /** A server may have begun to observe the connection already. */
    private @Nullable ObservedConnection observed(RawSocket raw, ConnectionPlan plan) {
        @Nullable ObservedConnection observed;
        if (raw.socket() instanceof AcceptedSocket accepted) {
            observed = accepted.attachment() instanceof ObservedConnection known ? known : null;
        } else {
            observed = observer.opened(raw.remoteAddress());
        }
        if (observed != null) {
            observed.over(raw);
            observed.planned(plan.contextName(), plan.side());
        }
        return observed;
    }

    private ConnectionPlan afterProxyHeader(RawSocket raw, ConnectionPlan upgrade) throws SocketStreamException {
        Optional<ProxyHeaderReader> proxying = upgrade.initargs().get(InitargKey.PROXY_PROTOCOL);
        if (proxying.isEmpty()) {
            return upgrade;
        }
        open.addArriving(raw);
        try {
            requireNotStopped(upgrade.label(raw));
            return proxying.get().read(raw, upgrade);
        } finally {
            open.removeArriving(raw);
        }
    }

    private void discard(StreamConnection connection) {
        open.remove(connection);
        connection.close();
    }

    /** A stopped container cannot create instances, and each container reports this differently. */
    private void requireNotStopped(ConnectionLabel label) throws SocketStreamException {
        if (open.isStopped()) {
            throw new SocketStreamException(
                    Kind.CLOSED, label + ": the container has stopped. Create streams only while the application runs");
        }
    }

    private <S extends SocketStream> S handOver(Made<S> made, StreamConnection connection, ConnectionLabel label)
            throws SocketStreamException {
        if (connection.handOver(made, open)) {
            return made.stream();
        }
        made.destroy();
        requireNotStopped(label);
        throw new SocketStreamException(
                Kind.CLOSED,
                label
                        + ": the connection ended while the stream was created. Check whether the constructor or the"
                        + " @PostConstruct method of "
                        + made.stream().getClass().getSimpleName() + " ends it");
    }

    private interface Creation<S extends SocketStream> {
        S run() throws Throwable;
    }

    private static <S extends SocketStream> StreamResult<S> result(boolean errorp, Creation<S> creation)
            throws SocketStreamException {
        try {
            return new Opened<>(creation.run());
        } catch (SocketStreamException condition) {
            if (errorp) {
                throw condition;
            }
            return new Failed<>(condition);
        } catch (Throwable other) {
            throw Rethrow.asThrown(other);
        }
    }

    /**
     * The defaults of a creator or connector, which the initargs of a call override.
     *
     * @param context the context
     * @param errorp whether socket errors are thrown
     * @param side the side of the handshake
     */
    public record CreationDefaults(SslContextSpecifier context, boolean errorp, SslSide side) {}

    /** Rethrows an application's exception unchanged, checked or not: the container had wrapped it. */
    private static final class Rethrow {

        private Rethrow() {}

        @SuppressWarnings("unchecked") // the cast is never made: T is erased
        static <T extends Throwable> RuntimeException asThrown(Throwable failure) throws T {
            throw (T) failure;
        }
    }
}
