package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.transport.Transport;
import io.sluice.stream.ConnectionActivation.Active;
import io.sluice.stream.proxy.ProxyHeader;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a TCP connection, in plaintext or over TLS. It is the default stream class, and the class to extend.
 *
 * <p>A creator or connector creates it through the container. Constructor, field and initializer injection, {@code
 * @PostConstruct}, {@code @PreDestroy} and class-level interceptors work in a subclass, and the connection is already
 * available to them. The caller that receives a stream owns it and must close it. A container that stops closes the streams
 * that are still open.
 *
 * <p>One thread may read while another one writes, and any thread may close. This is the Java form of LispWorks' {@code
 * socket-stream}.
 */
public class SocketStream implements Closeable {

    private @Nullable StreamConnection connection;

    /** For the container only. An instance created with {@code new} has no connection. */
    public SocketStream() {
        this.connection = InstanceCreation.take(getClass());
    }

    /** For an object that a container has made without a constructor, in front of the instance. */
    void connectIfNew(StreamConnection created) {
        if (connection == null) {
            connection = created;
        }
    }

    StreamConnection connection() {
        StreamConnection known = connection;
        if (known == null) {
            throw new IllegalStateException(
                    "this " + getClass().getName() + " has no connection, because it was created"
                            + " with new. Use SocketStreamCreator.create or SocketStreamConnector.open");
        }
        return known;
    }

    /**
     * Returns the bytes from the peer. A read waits at most for the read timeout, and throws {@link SocketStreamException} if it
     * fails. -1 is a clean end; a truncated TLS connection is the condition {@code TRUNCATED}. If {@code readNBytes}, {@code
     * readAllBytes} or {@code skipNBytes} fails, nothing is lost: the next read returns what it had read. A stream that wraps
     * this one may lose the bytes in its own buffer. Closing the input closes the stream.
     *
     * @return always the same input
     * @throws IllegalStateException if the stream was created with direction {@code OUTPUT}
     */
    public InputStream input() {
        return connection().input();
    }

    /**
     * Returns the bytes to the peer. Each write is sent before it returns, so wrap the output in a buffered stream to combine
     * small writes. A write throws {@link SocketStreamException} if it fails. Closing the output closes the stream.
     *
     * @return always the same output
     * @throws IllegalStateException if the stream was created with direction {@code INPUT}
     */
    public OutputStream output() {
        return connection().output();
    }

    /**
     * Reads the available bytes into a buffer, at least one. It is a read of {@link #input()}, with the same limits of time and the
     * same conditions. The bytes that a reader has fetched, or a failed read has put back, come first. The position advances by the
     * number of bytes read, and the limit stays. The call may fill only a part of the buffer. If it fails, the buffer is unchanged
     * and nothing is lost. No other thread may use the buffer during the call.
     *
     * @param target the buffer to fill, heap or direct
     * @return the number of bytes read, 0 if the buffer has no room; -1 at the clean end of the stream
     * @throws SocketStreamException the condition
     * @throws IllegalArgumentException if the buffer is read-only
     * @throws IllegalStateException if the stream was created with direction {@code OUTPUT}
     */
    public int read(ByteBuffer target) throws SocketStreamException {
        return connection().read(target);
    }

    /**
     * Writes the remaining bytes of all buffers, in their order, and returns when they are sent. It is one write of {@link
     * #output()}: the bytes of other writes come before or after it. Small buffers, such as a header and a body, share TLS records
     * and socket writes. Afterwards no buffer has bytes remaining. If the write fails, the output has ended, and the positions are
     * undefined. No other thread may use the buffers during the call.
     *
     * @param sources the buffers to write, heap, direct or read-only
     * @throws SocketStreamException the condition
     * @throws IllegalStateException if the stream was created with direction {@code INPUT}
     */
    public void write(ByteBuffer... sources) throws SocketStreamException {
        connection().write(sources);
    }

    /**
     * Returns the characters from the peer, in UTF-8 unless {@link Initarg#charset} sets another charset. Reads of the reader
     * and of {@link #input()} may be mixed: the reader consumes no bytes beyond the characters that were read. A line ends with
     * LF, CR or CR LF. {@code mark} is not supported. Use {@link StreamReader#readLine(int)} to limit the length of a line.
     *
     * @return always the same reader
     * @throws IllegalStateException if the stream was created with direction {@code OUTPUT}
     */
    public StreamReader reader() {
        return connection().reader();
    }

    /**
     * Returns the characters to the peer, in UTF-8 unless {@link Initarg#charset} sets another charset. Each write is sent
     * before it returns, so writes may be mixed with those of {@link #output()}.
     *
     * @return always the same writer
     * @throws IllegalStateException if the stream was created with direction {@code INPUT}
     */
    public Writer writer() {
        return connection().writer();
    }

    /**
     * Returns the local address of the connection.
     *
     * @return the address and port, even after the stream is closed
     */
    public InetSocketAddress localAddress() {
        return connection().localAddress();
    }

    /**
     * Returns the remote address of the connection. Behind a balancer, this is the client's address if the balancer sent it.
     *
     * @return the address and port, even after the stream is closed
     */
    public InetSocketAddress remoteAddress() {
        return connection().remoteAddress();
    }

    /**
     * Returns the balancer's PROXY header, which {@link Initarg#proxyProtocol} requires.
     *
     * @return the header with its TLVs, even after the stream is closed; empty if none was required
     */
    public Optional<ProxyHeader> proxyHeader() {
        return connection().proxyHeader();
    }

    /**
     * Returns how long a read waits for data, between arrivals.
     *
     * @return the limit; zero means no limit
     */
    public Duration readTimeout() {
        return connection().transport().readTimeout();
    }

    /**
     * Sets how long a read waits for data, from the next read on. A read that times out is the condition {@code READ_TIMEOUT}.
     * Nothing is lost: read again.
     *
     * @param limit the limit; zero means no limit
     * @throws IllegalArgumentException if it is negative
     */
    public void readTimeout(Duration limit) {
        connection().transport().readTimeout(limit);
    }

    /**
     * Returns the time that remains until the read deadline.
     *
     * @return the remaining time, zero if the deadline has passed; empty if there is no deadline
     */
    public Optional<Duration> readDeadline() {
        return connection().transport().readDeadline().remaining();
    }

    /**
     * Sets one deadline for all reads from now on. A peer that sends a request one byte at a time cannot extend it. The next call
     * replaces it. If there is also a read timeout, the earlier of the two applies. A read that is already waiting keeps the
     * previous deadline.
     *
     * <pre>{@code
     * stream.readDeadline(Duration.ofSeconds(10));
     * String request = stream.reader().readLine(1000);
     * stream.readDeadline(Duration.ZERO);
     * }</pre>
     *
     * <p>After the deadline, a read that has to wait for the peer is the condition {@code READ_DEADLINE}. The stream stays open,
     * and nothing is lost: the next read returns what the failed read had read. To read on, set a later deadline or none. The
     * deadline applies to {@link #input()} and {@link #reader()}, also if a read has to do the handshake first, and it remains
     * in effect after {@code attachSsl} and {@code detachSsl}. It does not apply to writes, {@link #handshake()} and {@link
     * #close()}.
     *
     * @param limit how long from now; zero means no deadline
     * @throws IllegalArgumentException if it is negative
     */
    public void readDeadline(Duration limit) {
        connection().transport().readDeadline(limit);
    }

    /**
     * Returns how long a write waits for the peer to take data.
     *
     * @return the limit; zero means no limit
     */
    public Duration writeTimeout() {
        return connection().transport().writeTimeout();
    }

    /**
     * Sets how long a write waits for the peer to take data, from the next write on. A write that times out is the
     * condition {@code WRITE_TIMEOUT} and ends the connection.
     *
     * @param limit the limit; zero means no limit
     * @throws IllegalArgumentException if it is negative
     */
    public void writeTimeout(Duration limit) {
        connection().transport().writeTimeout(limit);
    }

    /**
     * Does the TLS handshake now if it has not been done yet (see {@link Handshake#LAZY}). Otherwise it does nothing.
     *
     * @throws SocketStreamException if it fails or its deadline passes
     */
    public void handshake() throws SocketStreamException {
        connection().handshake();
    }

    /**
     * Does the handshake, or as much of it as is possible within a time limit. Use it with {@link Handshake#LAZY}. {@link
     * #handshake()} waits for the whole handshake.
     *
     * @param limit how long to wait for the peer, positive
     * @return done, timed out (call again), or closed by the peer
     * @throws SocketStreamException if the handshake fails in any other way
     * @throws IllegalArgumentException if the limit is not positive
     */
    public HandshakeOutcome handshake(Duration limit) throws SocketStreamException {
        return connection().handshake(limit);
    }

    /**
     * Starts TLS on this plaintext stream, as STARTTLS does (RFC 3207, 9051). The next bytes from the peer, including those that the
     * reader has already fetched, are the peer's handshake. Bytes that were injected in plaintext are therefore rejected as {@code
     * NOT_TLS}, and never read as if they had arrived over TLS. No other thread may read or write during the call. The side, the
     * server name, ALPN and the timeouts are those of the creation unless an initarg changes them.
     *
     * @param context any TLS specifier
     * @param initargs {@code sslSide}, {@code serverName}, {@code alpn}, {@code handshakeTimeout}, {@code closeTimeout}, {@code
     *     handshake} and the configurers, each at most once
     * @throws SocketStreamException the condition; the connection has ended, and the owner still closes the stream
     * @throws IllegalStateException if TLS is already active, or half of a character was read: the stream stays as it is. Also if another
     *     thread was still reading or writing at the end of the handshake timeout, or the given engine was used before: the
     *     connection has ended
     * @throws IllegalArgumentException if the context is plaintext, or an initarg does not apply
     */
    public void attachSsl(SslContextSpecifier context, Initarg... initargs) throws SocketStreamException {
        connection().attachSsl(context, initargs);
    }

    /**
     * Ends TLS on this stream and continues in plaintext. Both sides exchange close_notify within the close timeout. The next reads
     * first return what arrived over TLS and was not read, then what the peer sent after its close_notify. No other thread may write
     * during the call. A read that waits in another thread ends.
     *
     * @throws SocketStreamException {@code CLOSE_TIMEOUT} if the peer does not end TLS in time, {@code TRUNCATED} if it closes
     *     the connection instead; the connection has ended
     * @throws IllegalStateException if TLS is not active
     */
    public void detachSsl() throws SocketStreamException {
        connection().detachSsl();
    }

    /**
     * Ends the output: sends close_notify over TLS, then ends the TCP output. With TLS 1.3 on the JDK's engine, the peer may continue
     * to write. With TLS 1.2, its output ends too (RFC 5246, 7.2.1).
     *
     * @throws SocketStreamException if the end cannot be sent
     */
    public void shutdownOutput() throws SocketStreamException {
        connection().apply(Transport::shutdownOutput);
    }

    /**
     * Ends the output at once, without close_notify, so that over TLS the peer sees a truncated stream. A write that is stuck fails.
     * Reads are still possible.
     *
     * @throws SocketStreamException if the socket reports an error
     */
    public void abortOutput() throws SocketStreamException {
        connection().apply(Transport::abortOutput);
    }

    /**
     * Ends the input. What has already arrived can still be read. Then reads end, including a read that waits. The peer is not
     * notified.
     *
     * @throws SocketStreamException if the socket reports an error
     */
    public void shutdownInput() throws SocketStreamException {
        connection().shutdownInput();
    }

    /**
     * Ends the input at once and discards what was not read.
     *
     * @throws SocketStreamException if the socket reports an error
     */
    public void abortInput() throws SocketStreamException {
        connection().abortInput();
    }

    /**
     * Returns the result of the TLS handshake.
     *
     * @return the session, even after the stream is closed; empty for a plaintext stream and before a lazy handshake
     */
    public Optional<TlsSession> tls() {
        return connection().tls();
    }

    /**
     * Runs a task in this connection. While the task runs, {@code @ConnectionScoped} beans and the injected current {@code
     * SocketStream} on the calling thread are those of this connection. Endpoints and server functions are already in their
     * connection, so use this method for other threads and for streams of your own. Calls may be nested, and any number of threads
     * may be in a connection at the same time.
     *
     * <p>The first call begins the connection's scope. The scope ends when the stream is closed and the last thread has left it.
     *
     * @param task the task to run
     * @param <E> the exception type of the task
     * @throws E the task's exception, unchanged
     * @throws IllegalStateException if the connection has ended, or no container created the stream
     */
    public <E extends Exception> void inConnection(ConnectionTask<E> task) throws E {
        Objects.requireNonNull(task, "task");
        Active active = connection().enter();
        try {
            task.run();
        } finally {
            active.leave();
        }
    }

    /**
     * Runs a task with a result in this connection: see {@link #inConnection(ConnectionTask)}.
     *
     * @param call the task to run
     * @param <T> the type of the result
     * @param <E> the exception type of the task
     * @return the task's result
     * @throws E the task's exception, unchanged
     * @throws IllegalStateException if the connection has ended, or no container created the stream
     */
    public <T extends @Nullable Object, E extends Exception> T inConnection(ConnectionCall<T, E> call) throws E {
        Objects.requireNonNull(call, "call");
        Active active = connection().enter();
        try {
            return call.call();
        } finally {
            active.leave();
        }
    }

    /**
     * Returns whether the stream can be used. This does not depend on the peer.
     *
     * @return {@code true} until the stream is closed or a failure ends it
     */
    public boolean isOpen() {
        return connection().isOpen();
    }

    /**
     * Closes the stream: sends close_notify within the close timeout, closes the socket, runs {@code @PreDestroy} and destroys the
     * dependent objects. It never throws, and a second call does nothing. A call from another thread releases a read that waits,
     * and gives a write in progress until the close timeout; then the write is cut. If a write was cut or has failed, no close_notify
     * is sent: over TLS the peer sees a truncated stream, and without TLS a reset.
     */
    @Override
    public void close() {
        connection().close();
    }

    /**
     * Closes the stream if an answer cannot be completed. Unlike {@link #close()}, it sends no close_notify and does not wait for a
     * write in progress. What was written before still arrives. Over TLS the peer sees a truncated stream. Without TLS it sees an
     * ordinary end, unless a write was cut. Servers call this method if a handler fails. It never throws, and does nothing after
     * {@code close()}.
     */
    public void abort() {
        connection().closeUnfinished();
    }

    @Override
    public String toString() {
        StreamConnection known = connection;
        return getClass().getSimpleName() + "[" + (known == null ? "no connection" : known) + "]";
    }
}
