package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.context.SslSide;
import io.sluice.internal.Internal;
import io.sluice.internal.transport.RawSocket;
import io.sluice.internal.transport.Transport;
import io.sluice.internal.transport.TransportException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamInstantiator.Made;
import io.sluice.stream.StreamResult.Failed;
import io.sluice.stream.StreamResult.Opened;
import java.io.IOException;
import java.net.Socket;
import java.util.Objects;
import java.util.Optional;

/**
 * The steps of a creation: take the socket, check the arguments, upgrade to TLS, make the instance, hand it over. Whatever
 * goes wrong between, the socket is closed. Thread-safe.
 *
 * @hidden
 */
@Internal
public final class StreamFactory {

    private final StreamInstantiator instances;
    private final OpenStreams open;

    /**
     * Creations for one container.
     *
     * @param instances who makes the instances
     * @param open who knows the streams that are open
     */
    public StreamFactory(StreamInstantiator instances, OpenStreams open) {
        this.instances = instances;
        this.open = open;
    }

    /**
     * A stream over a connected socket: see {@link SocketStreamCreator#create}.
     *
     * @param socket the socket, owned from here
     * @param streamClass the stream class
     * @param defaults what the call's initargs leave unsaid
     * @param initargs the call's arguments
     * @param <S> the stream class
     * @return the stream or the condition
     * @throws SocketStreamException the condition, where errorp is true
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
            closeAfter(t, socket);
            throw t;
        }
        return result(sorted.get(InitargKey.ERRORP, defaults.errorp()), () -> {
            SslContextSpecifier context = sorted.get(InitargKey.SSL_CONTEXT, defaults.context());
            return over(take(socket, context), streamClass, new ConnectionPlan(context, sorted, defaults.side()));
        });
    }

    /**
     * A stream over a new connection: see {@link SocketStreamConnector#open}.
     *
     * @param host the host
     * @param port the port
     * @param streamClass the stream class
     * @param defaults what the call's initargs leave unsaid
     * @param initargs the call's arguments
     * @param <S> the stream class
     * @return the stream or the condition
     * @throws SocketStreamException the condition, where errorp is true
     */
    public <S extends SocketStream> StreamResult<S> connect(
            String host, int port, Class<S> streamClass, CreationDefaults defaults, Initarg... initargs)
            throws SocketStreamException {
        Initargs sorted = Initargs.of(initargs).forConnector();
        check(streamClass, sorted);
        Dialer dialing = new Dialer(host, port, sorted);
        return result(sorted.get(InitargKey.ERRORP, defaults.errorp()), () -> {
            SslContextSpecifier context = sorted.get(InitargKey.SSL_CONTEXT, defaults.context());
            RawSocket raw = take(dialing.connect(context.description()), context);
            return over(raw, streamClass, new ConnectionPlan(context, sorted, defaults.side()).to(host));
        });
    }

    /**
     * Finds out whether streams of a class can be made with these arguments, as a creation does before any byte.
     *
     * @param streamClass the stream class
     * @param initargs the arguments of a creation
     * @throws IllegalArgumentException if not: names the class or the initarg
     */
    public void check(Class<? extends SocketStream> streamClass, Initarg... initargs) {
        check(streamClass, Initargs.of(initargs).forCreator());
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

    /** Steps three to five. The raw socket is closed on every exit but success. */
    private <S extends SocketStream> S over(RawSocket raw, Class<S> streamClass, ConnectionPlan asked)
            throws Throwable {
        Runnable close = raw::close;
        try {
            ConnectionPlan upgrade = afterProxyHeader(raw, asked);
            ConnectionLabel label = upgrade.label(raw);
            Transport transport = upgrade.transport(raw, label);
            close = transport::close;
            StreamConnection connection = new StreamConnection(transport, label, upgrade);
            close = () -> giveUp(connection);
            open.add(connection);
            refuseWhenStopped(label);
            if (upgrade.initargs().get(InitargKey.HANDSHAKE, Handshake.EAGER) == Handshake.EAGER) {
                connection.handshake();
                refuseWhenStopped(label);
            }
            S stream = handOver(instances.make(streamClass, connection, upgrade.initargs()), connection, label);
            return stream;
        } catch (Throwable failure) {
            close.run();
            raw.closeFailure().filter(e -> e != failure).ifPresent(failure::addSuppressed);
            throw failure;
        }
    }

    private ConnectionPlan afterProxyHeader(RawSocket raw, ConnectionPlan upgrade) throws SocketStreamException {
        Optional<ProxyHeaderReader> proxying = upgrade.initargs().get(InitargKey.PROXY_PROTOCOL);
        if (proxying.isEmpty()) {
            return upgrade;
        }
        open.addArriving(raw);
        try {
            refuseWhenStopped(upgrade.label(raw));
            return proxying.get().read(raw, upgrade);
        } finally {
            open.removeArriving(raw);
        }
    }

    private void giveUp(StreamConnection connection) {
        open.remove(connection);
        connection.close();
    }

    /** A container that has stopped cannot make instances, and each says so in words of its own. */
    private void refuseWhenStopped(ConnectionLabel label) throws SocketStreamException {
        if (open.isStopped()) {
            throw new SocketStreamException(
                    Kind.CLOSED, label + ": the container has stopped. Make streams only while the application runs");
        }
    }

    private <S extends SocketStream> S handOver(Made<S> made, StreamConnection connection, ConnectionLabel label)
            throws SocketStreamException {
        Runnable end = () -> {
            open.remove(connection);
            made.destroy().run();
        };
        if (connection.handOver(made, end)) {
            return made.stream();
        }
        made.destroy().run();
        refuseWhenStopped(label);
        throw new SocketStreamException(
                Kind.CLOSED,
                label
                        + ": the connection ended while the stream was made. See what the constructor and the post-construct"
                        + " method of " + made.stream().getClass().getSimpleName() + " do with it");
    }

    private interface Steps<S extends SocketStream> {
        S stream() throws Throwable;
    }

    private static <S extends SocketStream> StreamResult<S> result(boolean errorp, Steps<S> steps)
            throws SocketStreamException {
        try {
            return new Opened<>(steps.stream());
        } catch (SocketStreamException condition) {
            if (errorp) {
                throw condition;
            }
            return new Failed<>(condition);
        } catch (Throwable other) {
            throw Rethrow.asThrown(other);
        }
    }

    private static void closeAfter(Throwable failure, Socket socket) {
        try {
            socket.close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * What a creator or connector brings to each of its calls, where the call's initargs do not say otherwise.
     *
     * @param context the context
     * @param errorp whether socket errors are thrown
     * @param side the side of the handshake
     */
    public record CreationDefaults(SslContextSpecifier context, boolean errorp, SslSide side) {}

    /** Lets an application's exception out as it was thrown, checked or not: the container had wrapped it. */
    private static final class Rethrow {

        private Rethrow() {}

        @SuppressWarnings("unchecked") // the cast is never made: T is erased
        static <T extends Throwable> RuntimeException asThrown(Throwable failure) throws T {
            throw (T) failure;
        }
    }
}
