package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The TCP socket, owned: whoever holds this closes it, exactly once however often {@link #close} is called. Safe for use by
 * several threads.
 */
public final class RawSocket {
    private static final AtomicIntegerFieldUpdater<RawSocket> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(RawSocket.class, "closed");

    private final Socket socket;
    private final InetSocketAddress remoteAddress;
    private final PushbackSocket wire;
    private final IoWatchdog watchdog = new IoWatchdog(this);
    private volatile @Nullable InetSocketAddress localAddress;
    private volatile @Nullable Exception closeFailure;
    private volatile int closed;
    private volatile boolean cut;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.remoteAddress = new InetSocketAddress(socket.getInetAddress(), socket.getPort());
        this.wire = new PushbackSocket(this, SocketIo.of(socket));
    }

    /**
     * Takes a connected socket over. From here on the socket is closed on every failure, also on that of this method.
     *
     * @param socket a connected, blocking socket
     * @return the socket's owner
     * @throws TransportException {@link Reason#UNUSABLE_SOCKET} when the socket is not connected, closed, half-shut,
     *     non-blocking or an {@code SSLSocket}
     */
    public static RawSocket take(Socket socket) throws TransportException {
        try {
            String defect = defect(socket);
            if (defect != null) {
                throw new TransportException(Stage.OPEN, Reason.UNUSABLE_SOCKET, defect, null);
            }
            return new RawSocket(socket);
        } catch (IOException e) {
            TransportException failure = e instanceof TransportException known
                    ? known
                    : new TransportException(
                            Stage.OPEN, Reason.UNUSABLE_SOCKET, "the socket gives no streams: " + e.getMessage(), e);
            closeAfter(failure, socket);
            throw failure;
        } catch (RuntimeException | Error e) {
            closeAfter(e, socket);
            throw e;
        }
    }

    private static @Nullable String defect(Socket socket) {
        if (socket instanceof SSLSocket) {
            return "the socket is an SSLSocket: give the TCP socket beneath it";
        }
        if (socket.isClosed()) {
            return "the socket is closed";
        }
        if (!socket.isConnected()) {
            return "the socket is not connected";
        }
        if (socket.isInputShutdown()) {
            return "the socket's input is already shut down";
        }
        if (socket.isOutputShutdown()) {
            return "the socket's output is already shut down";
        }
        SocketChannel channel = socket.getChannel();
        if (channel != null && !channel.isBlocking()) {
            return "the socket's channel is in non-blocking mode";
        }
        return null;
    }

    private static void closeAfter(Throwable failure, Socket socket) {
        try {
            socket.close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * This side's address, known also after close.
     *
     * @return address and port
     */
    public InetSocketAddress localAddress() {
        InetSocketAddress known = localAddress;
        if (known == null) {
            known = new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
            if (isOpen()) {
                localAddress = known;
            } else if (localAddress != null) {
                known = localAddress;
            }
        }
        return known;
    }

    /**
     * The peer's address, known also after close.
     *
     * @return address and port
     */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /**
     * The socket itself, for its options.
     *
     * @return the socket; closing it is this object's work
     */
    public Socket socket() {
        return socket;
    }

    /**
     * Whether {@link #close} has not been called yet.
     *
     * @return true until then, whatever the peer did
     */
    public boolean isOpen() {
        return closed == 0;
    }

    /** Closes the socket at once and frees whoever is blocked on it. Never throws; only the first call does anything. */
    public void close() {
        if (closed == 0) {
            rememberLocalAddress();
        }
        if (!CLOSED.compareAndSet(this, 0, 1)) {
            return;
        }
        try {
            setLinger();
            socket.close();
        } catch (IOException | RuntimeException e) {
            closeFailure = e;
        }
    }

    /**
     * What {@link #close} was told by the socket, which is gone either way.
     *
     * @return what the socket's close threw, if it did
     */
    public Optional<Exception> closeFailure() {
        return Optional.ofNullable(closeFailure);
    }

    void shutdownOutput(Stage stage) throws TransportException {
        try {
            if (!socket.isOutputShutdown()) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            throw TransportFailures.ofSocket(stage, e, this);
        }
    }

    void shutdownInput(Stage stage) throws TransportException {
        try {
            if (!socket.isInputShutdown()) {
                socket.shutdownInput();
            }
        } catch (IOException e) {
            throw TransportFailures.ofSocket(stage, e, this);
        }
    }

    private void rememberLocalAddress() {
        try {
            localAddress();
        } catch (RuntimeException e) {
            // A custom socket that cannot tell its address any more is closed all the same.
        }
    }

    /** Whether the bytes that went out last are a part of what was to go: a close resets the connection then. */
    void cut(boolean unfinished) {
        cut = unfinished;
    }

    /** A linger time would let the peer hold the close up; none at all is a reset. */
    private void setLinger() {
        try {
            if (cut) {
                socket.setSoLinger(true, 0);
            } else if (socket.getSoLinger() > 0) {
                socket.setSoLinger(false, 0);
            }
        } catch (SocketException | RuntimeException e) {
            // Closed by someone else, or a custom socket without the option: there is no linger to end.
        }
    }

    PushbackSocket wire() {
        return wire;
    }

    IoWatchdog watchdog() {
        return watchdog;
    }
}
