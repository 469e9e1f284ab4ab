package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.transport.Transport;
import io.sluice.stream.ConnectionActivation.Active;
import io.sluice.stream.proxy.ProxyHeader;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream over a TCP connection, plain or TLS: the default stream class, and the one to extend.
 *
 * <p>A creator or connector makes it through the container: constructor, field and initializer injection, {@code
 * @PostConstruct}, {@code @PreDestroy} and class-level interceptors all work in a subclass, and see the connection
 * already. It belongs to whoever was given it, who closes it; a container that stops closes those still open.
 *
 * <p>One thread may read while another writes; any thread may close. The Java form of LispWorks' {@code socket-stream}.
 */
public class SocketStream implements Closeable {

    private @Nullable StreamConnection connection;

    /** For the container: an instance made with {@code new} has no connection. */
    public SocketStream() {}

    @Inject
    private void connect(StreamConnection connection) {
        this.connection = connection;
    }

    StreamConnection connection() {
        StreamConnection known = connection;
        if (known == null) {
            throw new IllegalStateException("this " + getClass().getName() + " has no connection: it was made with new."
                    + " Streams are made by SocketStreamCreator.create or SocketStreamConnector.open");
        }
        return known;
    }

    /**
     * The bytes from the peer. A read waits at most the read timeout and throws {@link SocketStreamException}; -1 is a
     * clean end, and a TLS connection cut short is the condition {@code TRUNCATED}. A read of many bytes that fails ({@code
     * readNBytes}, {@code readAllBytes}, {@code skipNBytes}) loses nothing: the next read returns what it had read. A stream that
     * wraps this one may lose what it has buffered. Closing it closes the stream.
     *
     * @return always the same input
     * @throws IllegalStateException if the stream was asked for with direction {@code OUTPUT}
     */
    public InputStream input() {
        return connection().input();
    }

    /**
     * The bytes to the peer. Each write is sent before it returns: wrap it in a buffered stream to gather small ones. A
     * write throws {@link SocketStreamException}. Closing it closes the stream.
     *
     * @return always the same output
     * @throws IllegalStateException if the stream was asked for with direction {@code INPUT}
     */
    public OutputStream output() {
        return connection().output();
    }

    /**
     * The characters from the peer, UTF-8 unless {@link Initarg#charset} said otherwise. It may be mixed with {@link
     * #input()}: neither takes what is the other's. A line ends with LF, CR or CR LF. No mark. Use {@link
     * StreamReader#readLine(int)} to limit the length of a line.
     *
     * @return always the same reader
     * @throws IllegalStateException if the stream was asked for with direction {@code OUTPUT}
     */
    public StreamReader reader() {
        return connection().reader();
    }

    /**
     * The characters to the peer, UTF-8 unless {@link Initarg#charset} said otherwise. Each write is sent before it
     * returns; it may be mixed with {@link #output()}.
     *
     * @return always the same writer
     * @throws IllegalStateException if the stream was asked for with direction {@code INPUT}
     */
    public Writer writer() {
        return connection().writer();
    }

    /**
     * This side of the connection.
     *
     * @return the address and port, also when the stream is closed
     */
    public InetSocketAddress localPeer() {
        return connection().localPeer();
    }

    /**
     * The other side of the connection: the client itself where a balancer told of it.
     *
     * @return the address and port, also when the stream is closed
     */
    public InetSocketAddress remotePeer() {
        return connection().remotePeer();
    }

    /**
     * What the balancer said of the connection, where {@link Initarg#proxyProtocol} asked for that.
     *
     * @return the header with its TLVs, also when the stream is closed; empty for a connection without one
     */
    public Optional<ProxyHeader> proxyHeader() {
        return connection().proxyHeader();
    }

    /**
     * How long a read waits for data, between arrivals.
     *
     * @return the limit; zero means no limit
     */
    public Duration readTimeout() {
        return connection().transport().readTimeout();
    }

    /**
     * Sets how long a read waits for data, from the next read on. A read that times out is the condition {@code
     * READ_TIMEOUT}; nothing is lost, and it may be made again.
     *
     * @param limit the limit; zero means no limit
     * @throws IllegalArgumentException if it is negative
     */
    public void readTimeout(Duration limit) {
        connection().transport().readTimeout(limit);
    }

    /**
     * How much time is left until the read deadline.
     *
     * @return what is left until the read deadline, zero if it has passed; empty if there is none
     */
    public Optional<Duration> readDeadline() {
        return connection().transport().readDeadline().left();
    }

    /**
     * Sets one deadline for all reads from now on, whatever the peer sends meanwhile: a peer that sends a request one byte at a
     * time cannot extend it. The next call replaces it. If there is a read timeout too, the earlier of the two counts. A read
     * that is already waiting keeps the deadline that it began with.
     *
     * <pre>{@code
     * stream.readDeadline(Duration.ofSeconds(10));
     * String request = stream.reader().readLine(1000);
     * stream.readDeadline(Duration.ZERO);
     * }</pre>
     *
     * <p>After the deadline, a read that has to wait for the peer is the condition {@code READ_DEADLINE}. The stream stays open,
     * and nothing is lost: the next read returns what a failed read had read. To read on, set a later deadline or none. The
     * deadline counts for {@link #input()} and {@link #reader()}, for the handshake of a read that has to do it first, and
     * on through {@code attachSsl} and {@code detachSsl}; it does not count for writes, {@link #handshake()} and {@link
     * #close()}.
     *
     * @param limit how long from now; zero means no deadline
     * @throws IllegalArgumentException if it is negative
     */
    public void readDeadline(Duration limit) {
        connection().transport().readDeadline(limit);
    }

    /**
     * How long a write waits for the peer to take data.
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
     * Does the TLS handshake now if it is still to be done (see {@link Handshake#LAZY}); nothing otherwise.
     *
     * @throws SocketStreamException if it fails or its deadline passes
     */
    public void handshake() throws SocketStreamException {
        connection().handshake();
    }

    /**
     * Does the handshake, or as much of it as there is time for, and tells how far it came. Use it with {@link
     * Handshake#LAZY}.
     *
     * @param limit how long to wait for the peer, positive: {@link #handshake()} waits for the whole handshake
     * @return done, timed out (call again), or closed by the peer
     * @throws SocketStreamException if the handshake fails in any other way
     * @throws IllegalArgumentException if the limit is not positive
     */
    public HandshakeOutcome handshake(Duration limit) throws SocketStreamException {
        return connection().handshake(limit);
    }

    /**
     * Puts TLS on this plain stream, as STARTTLS does (RFC 3207, 9051). The bytes that follow are the peer's handshake, also
     * those that the reader had fetched already: what somebody injected in the clear is refused as {@code NOT_TLS} and never
     * read as if it had come over TLS. Nobody else may read or write meanwhile. The side, unless {@link Initarg#sslSide} says,
     * is that of the creation; server name, ALPN and the timeouts too are kept from there.
     *
     * @param context any specifier that is TLS
     * @param initargs {@code sslSide}, {@code serverName}, {@code alpn}, {@code handshakeTimeout}, {@code closeTimeout}, {@code
     *     handshake} and the configurers, each at most once
     * @throws SocketStreamException the condition; the connection has ended, and closing the stream is left to its owner
     * @throws IllegalStateException if TLS is on already, or a decoded character was not read; the stream stays as it is
     * @throws IllegalArgumentException if the context is plain, or an initarg does not apply
     */
    public void attachSsl(SslContextSpecifier context, Initarg... initargs) throws SocketStreamException {
        connection().attachSsl(context, initargs);
    }

    /**
     * Takes TLS off this stream and goes on in the clear: close_notify both ways within the close timeout. What had come over
     * TLS and was not read is read first, then what the peer sent behind its close_notify. Nobody may write meanwhile; a read
     * that waits in another thread ends.
     *
     * @throws SocketStreamException {@code CLOSE_TIMEOUT} if the peer does not end TLS in time, {@code TRUNCATED} if it closes
     *     the connection instead; the connection has ended then
     * @throws IllegalStateException if there is no TLS
     */
    public void detachSsl() throws SocketStreamException {
        connection().detachSsl();
    }

    /**
     * Says that no more will be written: close_notify for TLS, then the end of the TCP stream. With TLS 1.3 on the JDK's
     * engine the peer may go on writing; with TLS 1.2 it ends too (RFC 5246, 7.2.1).
     *
     * @throws SocketStreamException if that cannot be said
     */
    public void shutdownOutput() throws SocketStreamException {
        connection().take(Transport::shutdownOutput);
    }

    /**
     * Ends the output at once, also past a write that is stuck, which fails: no close_notify, so that over TLS the peer sees a
     * truncated stream. Reading goes on.
     *
     * @throws SocketStreamException if the socket refuses it
     */
    public void abortOutput() throws SocketStreamException {
        connection().take(Transport::abortOutput);
    }

    /**
     * Says that no more will be taken from the peer: what this side holds already can still be read, then reads end, also one
     * that waits. The peer is not told.
     *
     * @throws SocketStreamException if the socket refuses it
     */
    public void shutdownInput() throws SocketStreamException {
        connection().take(Transport::shutdownInput);
    }

    /**
     * Ends the input at once: what was not read is dropped.
     *
     * @throws SocketStreamException if the socket refuses it
     */
    public void abortInput() throws SocketStreamException {
        connection().abortInput();
    }

    /**
     * What the TLS handshake agreed on.
     *
     * @return the session, also when the stream is closed; empty for a plain stream and before a lazy handshake
     */
    public Optional<TlsSession> tls() {
        return connection().tls();
    }

    /**
     * Runs a task in this connection: on the calling thread, {@code @ConnectionScoped} beans and the injected current {@code
     * SocketStream} are this connection's until it ends, then again what they were. Endpoints and the functions of servers
     * are in their connection already; this is for other threads and for streams of your own. It may be nested, and any
     * number of threads may be in a connection at once.
     *
     * <p>The first to enter begins the connection's scope; it ends when the stream is closed and the last thread has left.
     *
     * @param task what to run
     * @param <E> what the task throws
     * @throws E what the task throws, as it was thrown
     * @throws IllegalStateException if the connection has ended, or the stream was not made by a container
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
     * The same for what has an answer.
     *
     * @param call what to ask
     * @param <T> the answer
     * @param <E> what the call throws
     * @return the call's answer
     * @throws E what the call throws, as it was thrown
     * @throws IllegalStateException if the connection has ended, or the stream was not made by a container
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
     * Whether the stream can be used. It says nothing about the peer.
     *
     * @return {@code true} until it is closed, or ended by a failure
     */
    public boolean isOpen() {
        return connection().isOpen();
    }

    /**
     * Ends the connection: close_notify within the close timeout whatever the peer does, the socket, then {@code
     * @PreDestroy} and the dependent objects. Closing again does nothing; nothing is thrown. From another thread it frees
     * a read that waits, and lets a write in progress end within the close timeout. A write that takes longer is cut. If a
     * write was cut or has failed, no close_notify is sent: over TLS the peer sees a truncated stream, and without TLS a reset.
     */
    @Override
    public void close() {
        connection().close();
    }

    /**
     * Ends the connection if an answer cannot be completed: like {@link #close()}, but without close_notify and without waiting
     * for a write in progress. What was written before still arrives. Over TLS the peer sees a truncated stream. Without TLS it
     * sees an ordinary end, unless a write was cut. Servers call this if a handler fails. It throws nothing, and does nothing
     * after {@code close()}.
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
