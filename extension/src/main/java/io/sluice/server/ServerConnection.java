package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.internal.transport.AcceptedSocket;
import io.sluice.internal.transport.RawSocket;
import io.sluice.stream.Initarg;
import io.sluice.stream.ObservedConnection;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.StreamFactory;
import io.sluice.stream.TlsSession;
import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyProtocol;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One connection of a server, from accept to close. Thread-safe. */
public final class ServerConnection {

    private static final AtomicReferenceFieldUpdater<ServerConnection, @Nullable Thread> THREAD =
            AtomicReferenceFieldUpdater.newUpdater(ServerConnection.class, Thread.class, "thread");

    private final AcceptedSocket socket;
    private final SocketServer server;
    private final Optional<ProxyProtocol> proxyProtocol;
    private final Rotation rotation;
    private final long since = System.currentTimeMillis();
    private volatile SocketAddress peer;
    private volatile @Nullable ProxyHeader proxyHeader;
    private volatile @Nullable Thread thread;
    private volatile Closeable closeable;
    private volatile boolean arrived;
    private volatile boolean finishing;
    private volatile boolean rotated;
    private volatile long generation;
    private volatile @Nullable ObservedConnection observed;
    private volatile Runnable whenFinishing = () -> {};

    ServerConnection(
            AcceptedSocket socket, SocketServer server, Optional<ProxyProtocol> proxyProtocol, Rotation rotation) {
        this.socket = socket;
        this.server = server;
        this.proxyProtocol = proxyProtocol;
        this.rotation = rotation;
        this.peer = socket.getRemoteSocketAddress();
        this.closeable = socket;
    }

    /**
     * Gives the TCP socket, which the server closes.
     *
     * @return the same socket for each call
     */
    public Socket socket() {
        return socket;
    }

    /**
     * Gives the server that accepted the connection.
     *
     * @return the server
     */
    public SocketServer server() {
        return server;
    }

    /**
     * Gives the address of the peer. Behind a balancer, this is the client's address as soon as the PROXY header has been read.
     *
     * @return the address, also after the connection has ended
     */
    public SocketAddress peer() {
        return peer;
    }

    /**
     * Gives the balancer's PROXY header.
     *
     * @return the header; empty until the creation of a stream has read it, or if the server expects none
     */
    public Optional<ProxyHeader> proxyHeader() {
        return Optional.ofNullable(proxyHeader);
    }

    /**
     * Gives the arguments for creating this connection's stream.
     *
     * @param given the application's arguments
     * @return these, and the PROXY protocol if the server's settings have one
     * @hidden
     */
    @Internal
    public Initarg[] initargs(List<Initarg> given) {
        Initarg[] all = given.toArray(new Initarg[given.size() + (proxyProtocol.isPresent() ? 1 : 0)]);
        proxyProtocol.ifPresent(protocol -> all[given.size()] = Initarg.proxyProtocol(protocol, this::setProxyHeader));
        return all;
    }

    private void setProxyHeader(ProxyHeader header) {
        socket.forgetReceived();
        proxyHeader = header;
        header.client().ifPresent(this::setClient);
    }

    private void setClient(InetSocketAddress client) {
        peer = client;
        ObservedConnection known = observed;
        if (known != null) {
            known.peer(client);
        }
    }

    /**
     * Checks whether the handler should finish, because the server has stopped accepting, or because its context has been reloaded and
     * {@link OnRotation} is not {@code KEEP}. The server closes the connection after the drain timeout.
     *
     * @return true if the server drains this connection
     */
    public boolean shouldFinish() {
        return finishing || !server.isRunning();
    }

    /** Returns true if the peer has only checked the port: it left without sending a byte. */
    boolean isProbe() {
        return socket.closedWithoutData();
    }

    /** Returns true if a balancer has checked the port with a connection of its own (PROXY command LOCAL), and left. */
    boolean isBalancerCheck(Throwable failure) {
        return proxyHeader().filter(ProxyHeader::local).isPresent()
                && failure instanceof SocketStreamException condition
                && (condition.kind() == Kind.PEER_CLOSED || condition.kind() == Kind.IO);
    }

    /**
     * Makes {@link #close} close the stream, so that TLS sends its close_notify.
     *
     * @param stream the stream over the connection
     * @hidden
     */
    @Internal
    public void closeThrough(Closeable stream) {
        closeable = stream;
    }

    /**
     * Lets a reload of the stream's context end the connection, as the settings of the server say. It may have happened already.
     *
     * @param stream the stream over the connection, whose handler is about to be called
     * @hidden
     */
    @Internal
    public void followContextOf(SocketStream stream) {
        rotation.add(this, StreamFactory.generation(stream));
    }

    void setGeneration(long number) {
        generation = number;
    }

    /** The generation of the server's context that this connection uses; 0 if unknown. */
    long generation() {
        return generation;
    }

    /** Asks the handler to finish because its generation is outdated. Returns false if it has been asked before. */
    boolean finish() {
        boolean first = !finishing;
        finishing = true;
        whenFinishing.run();
        return first;
    }

    /** Runs a task when the connection is asked to finish, as it may be without a thread that could ask {@link #shouldFinish}. */
    void whenFinishing(Runnable task) {
        whenFinishing = task;
    }

    /** The server has stopped accepting. */
    void serverEnds() {
        whenFinishing.run();
    }

    /** Closes gracefully because its generation is outdated. What the handler then throws is no failure. */
    void closeForRotation() {
        rotated = true;
        close();
    }

    /** Whether a condition of the handler only says that the server has closed the connection. */
    boolean isRotated(Throwable failure) {
        for (Throwable t = failure; rotated && t != null; t = t.getCause()) {
            if (t instanceof SocketStreamException condition && condition.kind() == Kind.CLOSED) {
                return true;
            }
        }
        return false;
    }

    /** Its first message is read before it gets a permit. */
    void setArrived() {
        arrived = true;
    }

    boolean hasArrived() {
        return arrived;
    }

    AcceptedSocket acceptedSocket() {
        return socket;
    }

    Optional<ProxyProtocol> proxyProtocol() {
        return proxyProtocol;
    }

    /** Sets the observer of this connection, and of the stream over it. Null if nobody listens. */
    void observedBy(@Nullable ObservedConnection observer) {
        observed = observer;
        if (observer != null) {
            socket.attach(observer);
        }
    }

    /**
     * The application's code begins to serve the stream on this thread.
     *
     * @param stream the stream over the connection
     * @return hears of its end
     * @hidden
     */
    @Internal
    public ObservedConnection.Call called(SocketStream stream) {
        ObservedConnection known = observed;
        return known == null ? ObservedConnection.Call.UNOBSERVED : known.called(stream);
    }

    @Nullable
    ObservedConnection observed() {
        return observed;
    }

    ConnectionDescription describe() {
        Instant accepted = Instant.ofEpochMilli(since);
        if (closeable instanceof SocketStream stream) {
            RawSocket raw = StreamFactory.socket(stream);
            return new Described(peer, accepted, raw.bytesReceived(), raw.bytesSent(), stream.tls());
        }
        return new Described(peer, accepted, 0, 0, Optional.empty());
    }

    private record Described(
            SocketAddress peer, Instant since, long bytesReceived, long bytesSent, Optional<TlsSession> tls)
            implements ConnectionDescription {}

    void setThread(Thread serving) {
        thread = serving;
    }

    /** The thread does something else now. Another one may already serve this connection. */
    void clearThread(Thread served) {
        THREAD.compareAndSet(this, served, null);
    }

    boolean hasThread(Thread other) {
        return thread == other;
    }

    /** Closes gracefully. Exceptions from the close are ignored. */
    void close() {
        disableLinger();
        try {
            closeable.close();
        } catch (IOException | RuntimeException | Error e) {
            abort();
        }
    }

    /** Closes the socket immediately, which wakes the threads that wait in it. */
    void abort() {
        disableLinger();
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing more can be done.
        }
    }

    /** A linger time would let the peer delay the close. */
    private void disableLinger() {
        try {
            if (!socket.isClosed() && socket.getSoLinger() > 0) {
                socket.setSoLinger(false, 0);
            }
        } catch (SocketException e) {
            // Closed by another thread.
        }
    }
}
