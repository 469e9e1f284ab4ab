package io.sluice.internal.transport;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * The TCP socket of a connection. The owner of this object owns the socket, which is closed exactly once, however often {@link #close} is
 * called. Thread-safe.
 */
public final class RawSocket {
    private static final AtomicIntegerFieldUpdater<RawSocket> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(RawSocket.class, "closed");
    private static final AtomicLongFieldUpdater<RawSocket> RECEIVED =
            AtomicLongFieldUpdater.newUpdater(RawSocket.class, "received");
    private static final AtomicLongFieldUpdater<RawSocket> SENT =
            AtomicLongFieldUpdater.newUpdater(RawSocket.class, "sent");

    private final Socket socket;
    private final InetSocketAddress remoteAddress;
    private final SocketInput input;
    private final SocketOutput output;
    private final IoWatchdog watchdog = new IoWatchdog(this);
    private volatile @Nullable InetSocketAddress localAddress;
    private volatile @Nullable Exception closeFailure;
    private volatile int closed;
    private volatile boolean writeIncomplete;
    private volatile long received;
    private volatile long sent;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.remoteAddress = socket.getRemoteSocketAddress() instanceof InetSocketAddress known
                ? known
                : new InetSocketAddress(socket.getInetAddress(), socket.getPort());
        this.input = new SocketInput(this);
        this.output = SocketOutput.of(this);
    }

    /**
     * Takes over a connected socket. If this method fails, it closes the socket.
     *
     * @param socket a connected, blocking socket
     * @return the socket's owner
     * @throws TransportException {@link Reason#UNUSABLE_SOCKET} if the socket is not connected, closed, half closed,
     *     non-blocking or an {@code SSLSocket}
     */
    public static RawSocket take(Socket socket) throws TransportException {
        try {
            String defect = defect(socket);
            if (defect != null) {
                throw new TransportException(Stage.OPEN, Reason.UNUSABLE_SOCKET, defect);
            }
            return new RawSocket(socket);
        } catch (IOException e) {
            TransportException failure = e instanceof TransportException known
                    ? known
                    : new TransportException(
                            Stage.OPEN, Reason.UNUSABLE_SOCKET, "the socket has no streams: " + e.getMessage(), e);
            closeAfter(failure, socket);
            throw failure;
        } catch (RuntimeException | Error e) {
            closeAfter(e, socket);
            throw e;
        }
    }

    private static @Nullable String defect(Socket socket) {
        if (socket instanceof SSLSocket) {
            return "the socket is an SSLSocket";
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
        if (channel != null && !channel.isBlocking() && !isServed(socket)) {
            return "the socket's channel is in non-blocking mode";
        }
        return null;
    }

    /** Whether the server waits for the channel of the socket. */
    private static boolean isServed(Socket socket) {
        return socket instanceof AcceptedChannel accepted && accepted.readiness() != null;
    }

    /**
     * Closes a socket after a failure, to which an exception of the close is added.
     *
     * @param failure the failure
     * @param socket the socket
     */
    public static void closeAfter(Throwable failure, Socket socket) {
        try {
            socket.close();
        } catch (IOException | RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Returns this side's address, even after close.
     *
     * @return the address and port
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
     * Returns the peer's address, even after close.
     *
     * @return the address and port
     */
    public InetSocketAddress remoteAddress() {
        return remoteAddress;
    }

    /**
     * Returns the socket, for its options.
     *
     * @return the socket, which only this object closes
     */
    public Socket socket() {
        return socket;
    }

    /**
     * Returns how long the bytes that were put back were awaited, which counts for the handshake. Only the first call does.
     *
     * @return the time; zero if nothing was put back
     */
    public Duration takeWaited() {
        return socket instanceof AcceptedSocket accepted ? accepted.takeWaited() : Duration.ZERO;
    }

    /**
     * Returns whether {@link #close} has not been called yet.
     *
     * @return true until then, whatever the peer does
     */
    public boolean isOpen() {
        return closed == 0;
    }

    /** Closes the socket at once, and releases the threads that are blocked on it. It never throws, and a second call does nothing. */
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
     * Returns the exception that the socket threw in {@link #close}. The socket counts as closed anyway.
     *
     * @return the exception, if any
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
            throw failure(stage, e);
        }
    }

    void shutdownInput(Stage stage) throws TransportException {
        try {
            if (!socket.isInputShutdown()) {
                socket.shutdownInput();
            }
        } catch (IOException e) {
            throw failure(stage, e);
        }
    }

    private void rememberLocalAddress() {
        try {
            localAddress();
        } catch (RuntimeException e) {
            // A custom socket that no longer knows its address is closed anyway.
        }
    }

    /** Sets whether a write is incomplete. A close then resets the connection. */
    void writeIncomplete(boolean incomplete) {
        writeIncomplete = incomplete;
    }

    /** With a linger time, the peer could delay the close. A linger time of zero is a reset. */
    private void setLinger() {
        try {
            if (writeIncomplete) {
                socket.setSoLinger(true, 0);
            } else if (socket.getSoLinger() > 0) {
                socket.setSoLinger(false, 0);
            }
        } catch (SocketException | RuntimeException e) {
            // Another thread closed the socket, or a custom socket does not have the option.
        }
    }

    /** Whether closing the socket releases its readers. This is known of the JDK's sockets. */
    boolean endsWhenClosed() {
        return socket.getClass().getClassLoader() == null || socket instanceof AcceptedSocket;
    }

    void requireOpen(Stage stage) throws TransportException {
        if (!isOpen()) {
            throw TransportException.closed(stage);
        }
    }

    /** Interprets an I/O error, first by this side's state, because the JDK's exception types depend on the kind of socket. */
    TransportException failure(Stage stage, IOException e) {
        if (watchdog.expired()) {
            return stage == Stage.READ
                    ? new TransportException(
                            stage, Reason.CLOSED, "the connection was ended because a write stalled", e)
                    : new TransportException(
                            stage, Reason.TIMEOUT, "the peer did not take the data before the deadline", e);
        }
        if (!isOpen()) {
            return new TransportException(stage, Reason.CLOSED, "this side closed the connection", e);
        }
        if (e instanceof SocketTimeoutException) {
            return new TransportException(stage, Reason.TIMEOUT, "no data arrived within the read timeout", e);
        }
        if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted() && socket.isClosed()) {
            return new TransportException(stage, Reason.INTERRUPTED, "the thread was interrupted", e);
        }
        if (socket.isClosed()) {
            return new TransportException(stage, Reason.CLOSED, "this side closed the socket", e);
        }
        return failureByText(stage, e);
    }

    /** The JDK has no exception types for these cases. An unknown text, such as a translated one, is a general I/O error. */
    private static TransportException failureByText(Stage stage, IOException e) {
        String text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (text.contains("Broken pipe")) {
            return new TransportException(stage, Reason.PEER_CLOSED, "the peer has closed the connection", e);
        }
        if (text.contains("reset")) {
            return new TransportException(stage, Reason.RESET, "the peer reset the connection", e);
        }
        return new TransportException(stage, Reason.IO, "I/O error on the socket: " + text, e);
    }

    /** Counts bytes that were read from the socket. Under the read lock, so it needs no atomic addition. */
    int received(int n) {
        if (n > 0) {
            RECEIVED.lazySet(this, received + n);
        }
        return n;
    }

    /** Counts bytes that were written to the socket. Under the write lock. */
    void sent(long n) {
        SENT.lazySet(this, sent + n);
    }

    /**
     * Counts the bytes that were read from the socket, whatever became of them.
     *
     * @return their number so far
     */
    public long bytesReceived() {
        return received;
    }

    /**
     * Counts the bytes that were written to the socket. A write that failed is not counted.
     *
     * @return their number so far
     */
    public long bytesSent() {
        return sent;
    }

    /** Under the read lock of the transport. */
    SocketInput input() {
        return input;
    }

    /** Under the write lock of the transport. */
    SocketOutput output() {
        return output;
    }

    /**
     * Sets whether a write keeps what the peer does not take at once, so that the thread need not wait. This is only possible if the
     * channel is non-blocking.
     *
     * @param deferred true until the reply to a message is written
     */
    public void deferWrites(boolean deferred) {
        output.defer(deferred);
    }

    /**
     * Tests whether bytes are kept that the peer did not take at once.
     *
     * @return true until they are sent
     */
    public boolean hasDeferredWrites() {
        return output.hasKept();
    }

    IoWatchdog watchdog() {
        return watchdog;
    }
}
