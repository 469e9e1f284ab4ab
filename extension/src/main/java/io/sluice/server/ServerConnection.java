package io.sluice.server;

import io.sluice.internal.Internal;
import io.sluice.internal.transport.AcceptedSocket;
import io.sluice.stream.Initarg;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyProtocol;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One connection of a server, from accept to close. Safe for use by several threads. */
public final class ServerConnection {

    private final AcceptedSocket socket;
    private final SocketServer server;
    private final Optional<ProxyProtocol> proxyProtocol;
    private volatile SocketAddress peer;
    private volatile @Nullable ProxyHeader proxyHeader;
    private volatile @Nullable Thread thread;
    private volatile Closeable closing;

    ServerConnection(AcceptedSocket socket, SocketServer server, Optional<ProxyProtocol> proxyProtocol) {
        this.socket = socket;
        this.server = server;
        this.proxyProtocol = proxyProtocol;
        this.peer = socket.getRemoteSocketAddress();
        this.closing = socket;
    }

    /**
     * The TCP socket, which the server closes.
     *
     * @return always the same socket
     */
    public Socket socket() {
        return socket;
    }

    /**
     * The server that accepted it.
     *
     * @return the server
     */
    public SocketServer server() {
        return server;
    }

    /**
     * The other side: the client itself as soon as a balancer has told of it.
     *
     * @return its address, also when the connection has ended
     */
    public SocketAddress peer() {
        return peer;
    }

    /**
     * What the balancer said of the connection.
     *
     * @return the header; empty until a stream's creation has read it, and where the server expects none
     */
    public Optional<ProxyHeader> proxyHeader() {
        return Optional.ofNullable(proxyHeader);
    }

    /**
     * The arguments with which a stream is made of this connection.
     *
     * @param given those of the application
     * @return these, and the PROXY protocol where the server's settings have it
     */
    public Initarg[] initargs(List<Initarg> given) {
        Stream<Initarg> own =
                proxyProtocol.map(protocol -> Initarg.proxyProtocol(protocol, this::cameThrough)).stream();
        return Stream.concat(given.stream(), own).toArray(Initarg[]::new);
    }

    private void cameThrough(ProxyHeader header) {
        socket.forgetReceived();
        proxyHeader = header;
        header.client().ifPresent(client -> peer = client);
    }

    /**
     * Whether the handler should come to an end: the server has stopped accepting, and closes the connection when the drain
     * timeout has passed.
     *
     * @return true once the server drains
     */
    public boolean shouldFinish() {
        return !server.isRunning();
    }

    /** The peer checked whether the port is open, and left without sending a byte. */
    boolean isProbe() {
        return socket.closedWithoutData();
    }

    /** A balancer that speaks for itself looks whether somebody is there, and goes: nobody needs to be told. */
    boolean isCheckOfBalancer(Throwable failure) {
        return proxyHeader().filter(ProxyHeader::local).isPresent()
                && failure instanceof SocketStreamException condition
                && (condition.kind() == Kind.PEER_CLOSED || condition.kind() == Kind.IO);
    }

    /**
     * Closes the connection through its stream when the time to drain is over, so that TLS sends its close_notify.
     *
     * @param stream the stream that was made of the connection
     * @hidden
     */
    @Internal
    public void closeThrough(Closeable stream) {
        closing = stream;
    }

    void servedHere() {
        thread = Thread.currentThread();
    }

    boolean isServedHere() {
        return thread == Thread.currentThread();
    }

    /** Closes in order; what a closing says is nothing to anybody. */
    void close() {
        endLinger();
        try {
            closing.close();
        } catch (IOException | RuntimeException | Error e) {
            abort();
        }
    }

    /** Frees what waits in the socket, at once. */
    void abort() {
        endLinger();
        try {
            socket.close();
        } catch (IOException e) {
            // Closed as far as it can be.
        }
    }

    /** A linger time would let the peer hold the close up. */
    private void endLinger() {
        try {
            if (!socket.isClosed() && socket.getSoLinger() > 0) {
                socket.setSoLinger(false, 0);
            }
        } catch (SocketException e) {
            // Closed by another thread.
        }
    }
}
