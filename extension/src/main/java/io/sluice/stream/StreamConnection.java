package io.sluice.stream;

import io.sluice.context.SslContextSpecifier;
import io.sluice.internal.context.EngineOrigins;
import io.sluice.internal.context.Generation;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import io.sluice.internal.transport.AcceptedSocket;
import io.sluice.internal.transport.Deadline;
import io.sluice.internal.transport.TlsTransport;
import io.sluice.internal.transport.Transport;
import io.sluice.stream.SocketStreamException.Kind;
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
import org.jspecify.annotations.Nullable;

/**
 * The connection of a stream that is being created. A stream class can inject it into its constructor to communicate with the
 * peer there. The stream class does not close it. The stream's {@code close()} does, and so does a failed creation.
 *
 * <p>One thread may read while another one writes, and any thread may close.
 */
public final class StreamConnection {

    private static final AtomicIntegerFieldUpdater<StreamConnection> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(StreamConnection.class, "closed");
    private static final AtomicIntegerFieldUpdater<StreamConnection> PHASE =
            AtomicIntegerFieldUpdater.newUpdater(StreamConnection.class, "phase");
    private static final int CREATED = 0;
    private static final int HANDED_OVER = 1;
    private static final int ENDED = 2;

    /** The plan of the creation, from which a later attach inherits. */
    private final ConnectionPlan initialPlan;

    private volatile ConnectionPlan upgrade;
    private final ReplaceableTransport transport;
    private volatile ConnectionLabel label;
    private final InputStream input = new StreamInput(this);
    private final OutputStream output = new StreamOutput(this);
    private final ReceivedBytes received = new ReceivedBytes();
    /** 1 after the first close. */
    private volatile int closed;

    @SuppressWarnings("UnusedVariable") // The updater reads it.
    private volatile int phase;

    private @Nullable OpenStreams open;
    private @Nullable StreamReader reader;
    private @Nullable Writer writer;
    private volatile @Nullable Made<?> made;
    private volatile @Nullable SocketStreamException readFailure;
    /** Null if nobody listens. */
    private final @Nullable ObservedConnection observed;
    /** This side has ended the input, so the end of the stream is not the peer's. */
    private volatile boolean inputEnded;

    StreamConnection(
            Transport transport, ConnectionLabel label, ConnectionPlan upgrade, @Nullable ObservedConnection observed) {
        Initargs initargs = upgrade.initargs();
        this.initialPlan = upgrade;
        this.upgrade = upgrade;
        this.transport = new ReplaceableTransport(
                transport,
                initargs.get(InitargKey.READ_TIMEOUT, Duration.ZERO),
                initargs.get(InitargKey.WRITE_TIMEOUT, Duration.ZERO));
        this.label = label;
        this.observed = observed;
        if (observed != null) {
            observed.peer(label.peer());
        }
        observeHandshake(transport, upgrade);
    }

    /** Without an observer. */
    StreamConnection(Transport transport, ConnectionLabel label, ConnectionPlan upgrade) {
        this(transport, label, upgrade, null);
    }

    private void observeHandshake(Transport next, ConnectionPlan plan) {
        if (observed != null && next instanceof TlsTransport tls) {
            observed.planned(plan.contextName(), plan.side());
            tls.tell(new ObservedHandshake(this, plan, tls.engine(), observed));
        }
    }

    /**
     * Returns the bytes from the peer. Reads throw {@link SocketStreamException}. Closing the input closes the stream.
     *
     * @return always the same input
     * @throws IllegalStateException if the stream was created with direction {@code OUTPUT}
     */
    public InputStream input() {
        requireDirection(direction().reads(), "input");
        return input;
    }

    /**
     * Returns the bytes to the peer. Each write is sent before it returns, so wrap the output in a buffered stream to combine
     * small writes. Writes throw {@link SocketStreamException}. Closing the output closes the stream.
     *
     * @return always the same output
     * @throws IllegalStateException if the stream was created with direction {@code INPUT}
     */
    public OutputStream output() {
        requireDirection(direction().writes(), "output");
        return output;
    }

    /**
     * Returns the characters from the peer, in the charset of the call. Reads of the reader and of {@link #input()} may be mixed:
     * the reader consumes no bytes beyond the characters that were read. A line ends with LF, CR or CR LF. {@code mark} is not
     * supported.
     *
     * @return always the same reader
     * @throws IllegalStateException if the stream was created with direction {@code OUTPUT}
     */
    public StreamReader reader() {
        requireDirection(direction().reads(), "input");
        StreamReader known = reader;
        if (known == null) {
            known = new StreamReader(this, received, charset());
            reader = known;
        }
        return known;
    }

    /**
     * Returns the characters to the peer, in the charset of the call. Each write is sent before it returns, so writes may be mixed
     * with those of {@link #output()}.
     *
     * @return always the same writer
     * @throws IllegalStateException if the stream was created with direction {@code INPUT}
     */
    public Writer writer() {
        requireDirection(direction().writes(), "output");
        Writer known = writer;
        if (known == null) {
            known = new StreamOutput.StreamWriter(this, output, charset());
            writer = known;
        }
        return known;
    }

    private Direction direction() {
        return initialPlan.initargs().get(InitargKey.DIRECTION, Direction.BOTH);
    }

    private Charset charset() {
        return initialPlan.initargs().get(InitargKey.CHARSET, StandardCharsets.UTF_8);
    }

    private void requireDirection(boolean allowed, String side) {
        if (!allowed) {
            throw new IllegalStateException("the stream has no " + side + ": it was created with direction "
                    + direction() + " (" + label + ")");
        }
    }

    /**
     * Returns the local address of the connection.
     *
     * @return the address and port, even after the stream is closed
     */
    public InetSocketAddress localAddress() {
        return transport.get().rawSocket().localAddress();
    }

    /**
     * Returns the remote address of the connection. Behind a balancer, this is the client's address if the balancer sent it.
     *
     * @return the address and port, even after the stream is closed
     */
    public InetSocketAddress remoteAddress() {
        return label.peer();
    }

    /**
     * Returns the balancer's PROXY header, which {@link Initarg#proxyProtocol} requires.
     *
     * @return the header with its TLVs, even after the stream is closed; empty if none was required
     */
    public Optional<ProxyHeader> proxyHeader() {
        return initialPlan.proxyHeader();
    }

    /**
     * Returns the result of the TLS handshake.
     *
     * @return the session; empty for a plaintext stream and before a lazy handshake
     */
    public Optional<TlsSession> tls() {
        return transport
                .get()
                .tls()
                .map(details -> new TlsSession(
                        details,
                        localAddress(),
                        remoteAddress(),
                        generation().map(Generation::number).orElse(0L)));
    }

    /** The generation of the named context that made the engine, even before the handshake. */
    Optional<Generation> generation() {
        return transport.get() instanceof TlsTransport tls ? EngineOrigins.of(tls.engine()) : Optional.empty();
    }

    ReplaceableTransport transport() {
        return transport;
    }

    /**
     * Reads the available bytes into a buffer: see {@link SocketStream#read(ByteBuffer)}.
     *
     * @param target the buffer to fill
     * @return the number of bytes read, 0 if the buffer is full; -1 at the clean end of the stream
     * @throws SocketStreamException the condition; the buffer is unchanged
     * @throws IllegalArgumentException if the buffer is read-only
     * @throws IllegalStateException if the stream was created with direction {@code OUTPUT}
     */
    public int read(ByteBuffer target) throws SocketStreamException {
        requireDirection(direction().reads(), "input");
        if (target.isReadOnly()) {
            throw new IllegalArgumentException("read: the buffer is read-only. Pass one that can be filled");
        }
        int held = target.hasRemaining() ? received().take(target) : 0;
        return held > 0 || !target.hasRemaining() ? held : receive(target);
    }

    /**
     * Writes the remaining bytes of all buffers, as one write: see {@link SocketStream#write(ByteBuffer...)}.
     *
     * @param sources the buffers to write
     * @throws SocketStreamException if the bytes cannot be written
     * @throws IllegalStateException if the stream was created with direction {@code INPUT}
     */
    public void write(ByteBuffer... sources) throws SocketStreamException {
        requireDirection(direction().writes(), "output");
        for (ByteBuffer source : sources) {
            Objects.requireNonNull(source, "source");
        }
        while (true) {
            Transport now = transport.get();
            try {
                now.write(sources);
                return;
            } catch (TransportException e) {
                requireReplaced(now, e);
            }
        }
    }

    /** The bytes that were received and not read. The next read returns them first. */
    ReceivedBytes received() throws SocketStreamException {
        StreamReader known = reader;
        if (known != null) {
            known.undecode();
        }
        return received;
    }

    /** Puts back what was read, so that the next read returns it first. */
    void putBack(byte[] bytes, int offset, int length) {
        received.putBack(bytes, offset, length);
    }

    /** Takes everything that was received and not read. */
    ByteBuffer takeReceived() throws SocketStreamException {
        StreamReader known = reader;
        if (known != null) {
            known.releaseBytes();
        }
        return received.takeAll();
    }

    /** Reads from the transport. The received bytes must have been read before. */
    int receive(byte[] bytes, int offset, int length) throws SocketStreamException {
        Deadline deadline = transport.readDeadline();
        while (true) {
            Transport now = transport.get();
            try {
                return received(now.read(bytes, offset, length));
            } catch (TransportException e) {
                requireReplaced(now, e, deadline);
            }
        }
    }

    private int receive(ByteBuffer target) throws SocketStreamException {
        Deadline deadline = transport.readDeadline();
        while (true) {
            Transport now = transport.get();
            try {
                return received(now.read(target));
            } catch (TransportException e) {
                requireReplaced(now, e, deadline);
            }
        }
    }

    /** Reads what has arrived on a non-blocking channel; 0 if nothing has. The received bytes must have been read before. */
    int receiveNow(ByteBuffer target) throws SocketStreamException {
        Transport now = transport.get();
        try {
            return received(now.readNow(target));
        } catch (TransportException e) {
            requireReplaced(now, e, Deadline.NEVER);
            return 0;
        }
    }

    boolean flushDeferred() throws SocketStreamException {
        Transport now = transport.get();
        try {
            return now.flushDeferred();
        } catch (TransportException e) {
            requireReplaced(now, e);
            return true;
        }
    }

    void hold(ByteBuffer unread) {
        received.hold(unread);
    }

    private int received(int n) {
        if (n < 0 && observed != null && !inputEnded) {
            observed.peerEnded();
        }
        return n;
    }

    /** Throws the condition of a read, unless the transport has been replaced and the read must be repeated on the next one. */
    private void requireReplaced(Transport used, TransportException failure, Deadline deadline)
            throws SocketStreamException {
        try {
            transport.requireReplaced(used, failure);
        } catch (TransportException e) {
            boolean passed = e.reason() == Reason.TIMEOUT
                    && deadline.passed()
                    && transport.get().isOpen();
            throw readFailed(passed ? StreamExceptions.ofReadDeadline(deadline.limit(), label, e) : condition(e));
        }
    }

    /** The same for a write. */
    private void requireReplaced(Transport used, TransportException failure) throws SocketStreamException {
        try {
            transport.requireReplaced(used, failure);
        } catch (TransportException e) {
            throw condition(e);
        }
    }

    /** Remembers the exception that a read of this stream is about to throw, and returns it. */
    SocketStreamException readFailed(SocketStreamException condition) {
        readFailure = condition;
        return condition;
    }

    /** Whether the last failed read of this stream threw this exception. */
    boolean isReadFailure(Throwable failure) {
        return failure == readFailure;
    }

    /** Translates a failure of the transport. If it has ended the connection, whoever observes that learns of it. */
    private SocketStreamException condition(TransportException e) {
        return observed(e, translated(e));
    }

    /** Lets whoever observes the connection learn of a condition that ends it. Returns the condition. */
    SocketStreamException observed(TransportException e, SocketStreamException condition) {
        if (observed == null) {
            return condition;
        }
        boolean isOpen = transport.get().isOpen();
        if (isProbe(condition)) {
            observed.probed();
        } else if (e.stage() == Stage.HANDSHAKE && !isOpen) {
            observed.handshakeFailed(condition);
        } else if (!isOpen || e.reason() != Reason.TIMEOUT) {
            observed.transportFailed(condition);
        }
        return condition;
    }

    /** Lets whoever observes the connection learn that it could not be upgraded. */
    void notUpgraded(Throwable failure) {
        if (observed != null) {
            observed.notCreated(failure);
        }
    }

    /** Whether the peer of a server, or the balancer before it, has only checked the port. */
    private boolean isProbe(SocketStreamException condition) {
        boolean left = condition.kind() == Kind.PEER_CLOSED || condition.kind() == Kind.IO;
        return left
                && transport.get().rawSocket().socket() instanceof AcceptedSocket accepted
                && (accepted.closedWithoutData()
                        || proxyHeader().filter(ProxyHeader::local).isPresent());
    }

    private SocketStreamException translated(TransportException e) {
        if (transport.get() instanceof TlsTransport tls) {
            Optional<SocketStreamException> explained = StreamExceptions.ofMissingCertificate(
                            e, label, tls.engine(), upgrade.context())
                    .or(() -> StreamExceptions.ofRefusedName(e, label, tls.engine()));
            if (explained.isPresent()) {
                return explained.get();
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

    /** How many bytes the transport can return without waiting. */
    int arrived() {
        return transport.get().available();
    }

    void write(byte[] bytes, int offset, int length) throws SocketStreamException {
        while (true) {
            Transport now = transport.get();
            try {
                now.write(bytes, offset, length);
                return;
            } catch (TransportException e) {
                requireReplaced(now, e);
            }
        }
    }

    /** An operation on the current transport. */
    interface Operation {
        void apply(Transport transport) throws TransportException;
    }

    void apply(Operation operation) throws SocketStreamException {
        try {
            operation.apply(transport.get());
        } catch (TransportException e) {
            throw condition(e);
        }
    }

    void handshake() throws SocketStreamException {
        apply(Transport::handshake);
    }

    void shutdownInput() throws SocketStreamException {
        inputEnded = true;
        apply(Transport::shutdownInput);
    }

    void abortInput() throws SocketStreamException {
        inputEnded = true;
        apply(Transport::abortInput);
        discardReceived();
    }

    void discardReceived() {
        StreamReader known = reader;
        if (known != null) {
            known.discard();
        }
        received.takeAll();
    }

    HandshakeOutcome handshake(Duration limit) throws SocketStreamException {
        if (Objects.requireNonNull(limit, "limit").isZero() || limit.isNegative()) {
            throw new IllegalArgumentException("the limit of handshake must be positive, but is " + limit);
        }
        Transport now = transport.get();
        try {
            now.handshake(limit);
            return HandshakeOutcome.DONE;
        } catch (TransportException e) {
            if (e.reason() == Reason.TIMEOUT && now.isOpen()) {
                return HandshakeOutcome.TIMED_OUT;
            }
            SocketStreamException condition = condition(e);
            if (e.reason() == Reason.PEER_CLOSED) {
                return HandshakeOutcome.CLOSED;
            }
            throw condition;
        }
    }

    void attachSsl(SslContextSpecifier context, Initarg... initargs) throws SocketStreamException {
        Objects.requireNonNull(context, "context");
        new StartTls(this)
                .attach(initialPlan.attaching(context, Initargs.of(initargs).forAttach()));
    }

    void detachSsl() throws SocketStreamException {
        new StartTls(this).detach();
    }

    ConnectionPlan initialPlan() {
        return initialPlan;
    }

    ConnectionLabel label() {
        return label;
    }

    @Nullable
    StreamReader knownReader() {
        return reader;
    }

    /** Continues over another transport, with the timeouts as they are. */
    void replaceTransport(Transport next, ConnectionLabel nextLabel, ConnectionPlan nextUpgrade) {
        label = nextLabel;
        upgrade = nextUpgrade;
        observeHandshake(next, nextUpgrade);
        transport.replaceWith(next);
    }

    /** A close during the replacement may have closed only the previous transport. */
    void closeIfClosed(Transport next) {
        if (closed == 1) {
            next.close();
        }
    }

    boolean uses(Socket socket) {
        return transport.get().rawSocket().socket() == socket;
    }

    boolean belongsTo(SocketStream any) {
        Made<?> known = made;
        return known != null && known.stream() == any;
    }

    boolean isOpen() {
        return closed == 0 && transport.get().isOpen();
    }

    /**
     * Hands the connection over to a stream, which is destroyed and no longer tracked when it is closed. Returns false if the
     * connection has already ended; then neither happens.
     */
    boolean handOver(Made<?> instance, OpenStreams tracked) {
        open = tracked;
        made = instance;
        return !transport.get().rawSocket().socket().isClosed() && PHASE.compareAndSet(this, CREATED, HANDED_OVER);
    }

    ConnectionActivation.Active enter() {
        Made<?> known = made;
        if (known == null) {
            throw new IllegalStateException(
                    label + ": the stream is still being created, so its connection cannot be entered yet. Call"
                            + " inConnection after create, open or the server has handed over the stream");
        }
        return known.enter();
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

    /** Closes within the close timeout, without close_notify. What was written arrives, and the peer sees that it is incomplete. */
    void closeUnfinished() {
        try {
            transport.get().abortOutput();
        } catch (TransportException e) {
            // Already closed, or an error of the socket: nothing more is sent in either case.
        }
        close();
    }

    /** Closes at once, without close_notify and without waiting. It also releases a thread that is closing gracefully. */
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
        try {
            endStream();
        } finally {
            if (observed != null) {
                observed.streamClosed();
            }
        }
    }

    private void endStream() {
        if (PHASE.getAndSet(this, ENDED) == HANDED_OVER) {
            Objects.requireNonNull(open, "open").remove(this);
            Objects.requireNonNull(made, "made").destroy();
        }
    }

    @Override
    public String toString() {
        return localAddress() + " <-> " + label
                + tls().map(session -> ", " + session).orElse("");
    }
}
