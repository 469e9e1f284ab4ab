package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.transport.Deadline;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.internal.transport.Transport;
import io.sluice.internal.transport.TransportException;
import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import io.sluice.stream.StreamInstantiator.Made;
import io.sluice.stream.proxy.ProxyHeader;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A connection before it has a stream: what a stream class's constructor may ask for where it wants to speak with the
 * peer at once. The stream class does not close it: a failure to make the instance does, and the stream's {@code close()}.
 *
 * <p>One thread may read while another writes; any thread may close.
 */
public final class StreamConnection {

    private static final Runnable ENDED = () -> {};
    private static final AtomicIntegerFieldUpdater<StreamConnection> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(StreamConnection.class, "closed");
    private static final AtomicReferenceFieldUpdater<StreamConnection, @Nullable Runnable> WHEN_CLOSED =
            AtomicReferenceFieldUpdater.newUpdater(StreamConnection.class, Runnable.class, "whenClosed");

    /** What the creation asked for, which a later attach builds on. */
    private final ConnectionPlan asked;

    private volatile ConnectionPlan upgrade;
    private final ReplaceableTransport transport;
    private volatile ConnectionLabel label;
    private final Direction direction;
    private final Charset charset;
    private final InputStream input = new StreamInput(this);
    private final OutputStream output = new StreamOutput(this);
    private final ReceivedBytes received = new ReceivedBytes();
    /** 1 once somebody has closed it. */
    private volatile int closed;

    @SuppressWarnings("UnusedVariable") // The updater reads it.
    private volatile @Nullable Runnable whenClosed;

    private @Nullable StreamReader reader;
    private @Nullable Writer writer;
    private volatile @Nullable Made<?> made;
    private volatile @Nullable SocketStreamException readFailure;

    StreamConnection(Transport transport, ConnectionLabel label, ConnectionPlan upgrade) {
        Initargs initargs = upgrade.initargs();
        this.asked = upgrade;
        this.upgrade = upgrade;
        this.transport = new ReplaceableTransport(
                transport,
                initargs.get(InitargKey.READ_TIMEOUT, Duration.ZERO),
                initargs.get(InitargKey.WRITE_TIMEOUT, Duration.ZERO));
        this.label = label;
        this.direction = initargs.get(InitargKey.DIRECTION, Direction.BOTH);
        this.charset = initargs.get(InitargKey.CHARSET, StandardCharsets.UTF_8);
    }

    /**
     * The bytes from the peer. Reads throw {@link SocketStreamException}; closing it closes the stream.
     *
     * @return always the same input
     * @throws IllegalStateException if the stream was asked for with direction {@code OUTPUT}
     */
    public InputStream input() {
        requireDirection(direction.reads(), "input");
        return input;
    }

    /**
     * The bytes to the peer, each write sent before it returns: wrap it in a buffered stream to gather small ones. Writes
     * throw {@link SocketStreamException}; closing it closes the stream.
     *
     * @return always the same output
     * @throws IllegalStateException if the stream was asked for with direction {@code INPUT}
     */
    public OutputStream output() {
        requireDirection(direction.writes(), "output");
        return output;
    }

    /**
     * The characters from the peer, in the call's charset. It may be mixed with {@link #input()}: neither takes what is
     * the other's. A line ends with LF, CR or CR LF. No mark.
     *
     * @return always the same reader
     * @throws IllegalStateException if the stream was asked for with direction {@code OUTPUT}
     */
    public StreamReader reader() {
        requireDirection(direction.reads(), "input");
        StreamReader known = reader;
        if (known == null) {
            known = new StreamReader(this, received, charset);
            reader = known;
        }
        return known;
    }

    /**
     * The characters to the peer, in the call's charset, each write sent before it returns. It may be mixed with {@link
     * #output()}.
     *
     * @return always the same writer
     * @throws IllegalStateException if the stream was asked for with direction {@code INPUT}
     */
    public Writer writer() {
        requireDirection(direction.writes(), "output");
        Writer known = writer;
        if (known == null) {
            known = new StreamOutput.StreamWriter(this, output, charset);
            writer = known;
        }
        return known;
    }

    private void requireDirection(boolean allowed, String side) {
        if (!allowed) {
            throw new IllegalStateException(
                    "no " + side + ": the stream was asked for with direction " + direction + " (" + label + ")");
        }
    }

    /**
     * This side of the connection.
     *
     * @return the address and port, also when the stream is closed
     */
    public InetSocketAddress localPeer() {
        return transport.get().rawSocket().localAddress();
    }

    /**
     * The other side of the connection: the client itself where a balancer told of it.
     *
     * @return the address and port, also when the stream is closed
     */
    public InetSocketAddress remotePeer() {
        return label.peer();
    }

    /**
     * What the balancer said of the connection, where {@link Initarg#proxyProtocol} asked for that.
     *
     * @return the header with its TLVs, also when the stream is closed; empty for a connection without one
     */
    public Optional<ProxyHeader> proxyHeader() {
        return asked.proxyHeader();
    }

    /**
     * What the TLS handshake agreed on.
     *
     * @return the session, or empty for a plain stream and before a lazy handshake
     */
    public Optional<TlsSession> tls() {
        return transport.get().tls().map(details -> new TlsSession(details, localPeer(), remotePeer()));
    }

    ReplaceableTransport transport() {
        return transport;
    }

    int read(byte[] bytes, int offset, int length) throws SocketStreamException {
        StreamReader known = reader;
        if (known != null) {
            return known.readBytes(bytes, offset, length);
        }
        int count = received.take(bytes, offset, length);
        return count > 0 ? count : receive(bytes, offset, length);
    }

    /** Gives back what was read: it is the first to be read. */
    void putBack(byte[] bytes, int offset, int length) {
        received.putBack(bytes, offset, length);
    }

    /** Everything that was received and not taken, which is taken with this. */
    ByteBuffer takeReceived() throws SocketStreamException {
        StreamReader known = reader;
        if (known != null) {
            known.surrender();
        }
        return received.takeAll();
    }

    int receive(byte[] bytes, int offset, int length) throws SocketStreamException {
        Deadline deadline = transport.readDeadline();
        try {
            return transport.read(bytes, offset, length);
        } catch (TransportException e) {
            boolean passed = e.reason() == Reason.TIMEOUT
                    && deadline.passed()
                    && transport.get().isOpen();
            throw ofRead(passed ? StreamExceptions.ofReadDeadline(deadline.limit(), label, e) : condition(e));
        }
    }

    /** Notes what a read of this stream throws. */
    SocketStreamException ofRead(SocketStreamException condition) {
        readFailure = condition;
        return condition;
    }

    /** Whether it is what the last failed read of this stream threw. */
    boolean isOfRead(Throwable failure) {
        return failure == readFailure;
    }

    /** What the failure means to this connection. */
    private SocketStreamException condition(TransportException e) {
        if (transport.get() instanceof TlsTransport tls) {
            Optional<SocketStreamException> ofCertificate =
                    StreamExceptions.ofMissingCertificate(e, label, tls.engine(), upgrade.context());
            if (ofCertificate.isPresent()) {
                return ofCertificate.get();
            }
        }
        SocketStreamException condition = StreamExceptions.of(e, label);
        return e.stage() == Stage.HANDSHAKE && upgrade.lacksKey(condition)
                ? StreamExceptions.ofKeyless(condition, label)
                : condition;
    }

    int available() {
        StreamReader known = reader;
        return known == null ? received.size() + arrived() : known.bytesAvailable();
    }

    /** What the transport gives without waiting. */
    int arrived() {
        return transport.get().available();
    }

    void write(byte[] bytes, int offset, int length) throws SocketStreamException {
        try {
            transport.write(bytes, offset, length);
        } catch (TransportException e) {
            throw condition(e);
        }
    }

    /** A step that is taken on the connection as it is. */
    interface Step {
        void take(Transport transport) throws TransportException;
    }

    void take(Step step) throws SocketStreamException {
        try {
            step.take(transport.get());
        } catch (TransportException e) {
            throw condition(e);
        }
    }

    void handshake() throws SocketStreamException {
        take(Transport::handshake);
    }

    void abortInput() throws SocketStreamException {
        take(Transport::abortInput);
        forgetReceived();
    }

    void forgetReceived() {
        StreamReader known = reader;
        if (known != null) {
            known.drop();
        }
        received.takeAll();
    }

    HandshakeOutcome handshake(Duration limit) throws SocketStreamException {
        if (Objects.requireNonNull(limit, "limit").isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("the handshake's limit must be positive, not " + limit);
        }
        Transport now = transport.get();
        try {
            now.handshake(limit);
            return HandshakeOutcome.DONE;
        } catch (TransportException e) {
            if (e.reason() == Reason.TIMEOUT && now.isOpen()) {
                return HandshakeOutcome.TIMED_OUT;
            }
            if (e.reason() == Reason.PEER_CLOSED) {
                return HandshakeOutcome.CLOSED;
            }
            throw condition(e);
        }
    }

    void attachSsl(SslContextSpecifier context, Initarg... initargs) throws SocketStreamException {
        Objects.requireNonNull(context, "context");
        new StartTls(this).attach(asked.attaching(context, Initargs.of(initargs).forAttach()));
    }

    void detachSsl() throws SocketStreamException {
        new StartTls(this).detach();
    }

    ConnectionPlan asked() {
        return asked;
    }

    ConnectionLabel label() {
        return label;
    }

    @Nullable
    StreamReader knownReader() {
        return reader;
    }

    /** Continues over another transport, with the timeouts as they are. */
    void become(Transport next, ConnectionLabel nextLabel, ConnectionPlan nextUpgrade) {
        label = nextLabel;
        upgrade = nextUpgrade;
        transport.replaceWith(next);
    }

    /** A close that came while the transport was replaced has met the old one. */
    void closeIfClosed(Transport next) {
        if (closed == 1) {
            next.close();
        }
    }

    boolean isOver(Socket socket) {
        return transport.get().rawSocket().socket() == socket;
    }

    boolean carries(SocketStream any) {
        Made<?> known = made;
        return known != null && known.stream() == any;
    }

    boolean isOpen() {
        return closed == 0 && transport.get().isOpen();
    }

    /**
     * Gives the connection to a stream, with what runs when that is closed. False if it has ended already, by whomever; then
     * nothing runs.
     */
    boolean handOver(Made<?> instance, Runnable end) {
        made = instance;
        return !transport.get().rawSocket().socket().isClosed() && WHEN_CLOSED.compareAndSet(this, null, end);
    }

    ConnectionActivation.Active enter() {
        Made<?> known = made;
        if (known == null) {
            throw new IllegalStateException(
                    label + ": the stream is still being made, and its connection cannot be entered"
                            + " yet. Do so when create, open or the server has handed it over");
        }
        return known.activation().enter();
    }

    void close() {
        if (CLOSED.compareAndSet(this, 0, 1)) {
            try {
                transport.get().close();
            } finally {
                end();
            }
        }
    }

    /** Closes within the close timeout and without close_notify: what was written arrives, and the peer sees that it is incomplete. */
    void closeUnfinished() {
        try {
            transport.get().abortOutput();
        } catch (TransportException e) {
            // Closed already, or the socket refuses: nothing more is sent in any case.
        }
        close();
    }

    /** Closes at once: no close_notify, no wait. It frees whoever is closing in order. */
    void abort() {
        boolean first = CLOSED.compareAndSet(this, 0, 1);
        try {
            transport.get().abort();
        } finally {
            if (first) {
                end();
            }
        }
    }

    private void end() {
        Runnable end = WHEN_CLOSED.getAndSet(this, ENDED);
        if (end != null) {
            end.run();
        }
    }

    @Override
    public String toString() {
        return localPeer() + " <-> " + label
                + tls().map(session -> ", " + session).orElse("");
    }
}
