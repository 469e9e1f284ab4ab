package io.sluice.internal.transport;

import io.sluice.internal.engine.EngineAdapter;
import io.sluice.internal.engine.JsseAdapter;
import io.sluice.internal.tls.TlsCore;
import io.sluice.internal.tls.TlsDetails;
import io.sluice.internal.tls.TlsDetails.PeerReview;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A transport that drives {@link TlsCore} over a blocking socket. Thread-safe.
 *
 * <pre>
 *      read lock                                      write lock
 *      ---------                                      ----------
 *      read                                           write
 *        |  TlsHandshake first, under both locks        |
 *      TlsInput         waits for bytes               TlsOutput        one write for each flight
 *        |  \                                           |                       |
 *        |   \---- responses, such as KeyUpdates -------)----------------------&gt;|  lock for encrypting
 *      Inbound          decrypts                        |                     Outbound    encrypts
 *        |                                              |
 *      PushbackSocket   bytes read too early first    PushbackSocket   watched by IoWatchdog
 *        |                                              |
 *      SocketIo                                       SocketIo
 * </pre>
 *
 * <p>No thread waits for the read lock while it holds the write lock. {@link ConnectionEnd} ends the connection.
 */
public final class TlsTransport implements Transport {
    private static final byte[] NO_BYTES = {};

    private final RawSocket raw;
    private final TlsCore core;
    private final TlsInput input;
    private final TlsOutput output;
    private final TlsLocks locks = new TlsLocks();
    private final ConnectionState state;
    private final ConnectionEnd end;
    private final ReadWait readWait = new ReadWait();
    private final WrappedArray readArray = new WrappedArray();
    /** Null after the handshake is done. */
    private volatile @Nullable TlsHandshake handshake;

    /**
     * Takes over the socket and the engine. Nothing is read or written yet.
     *
     * @param raw the socket; closed with this transport
     * @param engine an engine for this transport only, with its mode and parameters set
     * @param limits the time limits of the handshake and the close
     * @param onEngineReleased run exactly once, after this transport has ended and no thread is inside the engine
     */
    public TlsTransport(RawSocket raw, SSLEngine engine, TlsLimits limits, Runnable onEngineReleased) {
        this(raw, new JsseAdapter(engine, onEngineReleased), limits, PeerReview.NONE);
    }

    /**
     * Takes over the socket and the engine. Nothing is read or written yet.
     *
     * @param raw the socket; closed with this transport
     * @param engine an engine for this transport only, with its mode and parameters set; released once, after this transport has ended and
     *     no thread is inside the engine
     * @param limits the time limits of the handshake and the close
     * @param review what this side's context says about the peer
     */
    public TlsTransport(RawSocket raw, EngineAdapter engine, TlsLimits limits, PeerReview review) {
        this.raw = raw;
        this.core = new TlsCore(engine, raw.wire().pool(), review);
        this.state = new ConnectionState(core::release);
        this.input = new TlsInput(core.in(), raw.wire());
        this.output = new TlsOutput(core.out(), raw.wire(), state, locks.write(), this::sendResponses);
        this.end = new ConnectionEnd(raw, core, input, output, locks, state, limits);
        this.handshake = new TlsHandshake(core, raw.wire(), input, output, end);
    }

    /**
     * Returns the engine, as a key for data about it.
     *
     * @return the engine, which only this transport may use
     */
    public SSLEngine engine() {
        return core.engine();
    }

    @Override
    public int read(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        return read(null, b, off, len);
    }

    @Override
    public int read(ByteBuffer target) throws TransportException {
        return read(target, NO_BYTES, 0, target.remaining());
    }

    /** Reads into the target if there is one, and otherwise into the array. */
    private int read(@Nullable ByteBuffer target, byte[] b, int off, int len) throws TransportException {
        enter(Stage.READ);
        try {
            if (len == 0) {
                return 0;
            }
            TlsHandshake first = handshake;
            if (first != null) {
                first.beforeRead(readWait.deadline());
                handshake = null;
            }
            lockForReading();
            try {
                return readLocked(target == null ? readArray.of(b, off, len) : target);
            } finally {
                locks.read().unlock();
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            state.leave();
        }
    }

    private int readLocked(ByteBuffer target) throws TransportException {
        try {
            if (state.isInputShut()) {
                return state.isInputDiscarded() ? -1 : takeDecrypted(target);
            }
            state.requireOpen(Stage.READ);
            int n = input.read(target, readWait, output);
            if (n < 0) {
                state.requireNotFailed(Stage.READ);
            }
            return state.isInputShut() ? -1 : n;
        } catch (TransportException e) {
            if (state.isInputShut() && !state.isClosed()) {
                return -1;
            }
            throw end.afterRead(e);
        }
    }

    private int takeDecrypted(ByteBuffer target) {
        int n = core.in().take(target);
        return n > 0 ? n : -1;
    }

    private void ensureHandshake() throws TransportException {
        TlsHandshake first = handshake;
        if (first != null) {
            first.ensure();
            handshake = null;
        }
    }

    /** Null until the handshake is done. */
    private @Nullable TlsDetails details() {
        TlsHandshake first = handshake;
        return first == null || first.isDone() ? core.details() : null;
    }

    private void lockForReading() throws TransportException {
        try {
            readWait.lock(locks.read());
        } catch (TransportException e) {
            throw end.afterRead(e);
        }
    }

    @Override
    public int available() {
        if (state.isInputShut() || details() == null || !state.enter()) {
            return 0;
        }
        try {
            if (!locks.read().tryLock()) {
                return 0;
            }
            try {
                return input.available(output);
            } finally {
                locks.read().unlock();
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            state.leave();
        }
    }

    @Override
    public void write(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        write(null, b, off, len);
    }

    @Override
    public void write(ByteBuffer... sources) throws TransportException {
        write(sources, NO_BYTES, 0, Transport.remaining(sources) == 0 ? 0 : 1);
    }

    /** Writes the sources if there are any, and otherwise the bytes of the array. */
    private void write(ByteBuffer @Nullable [] sources, byte[] b, int off, int len) throws TransportException {
        state.requireOpenForWrite();
        enter(Stage.WRITE);
        try {
            if (len > 0) {
                ensureHandshake();
                locks.write().lock();
                try {
                    state.requireOpenForWrite();
                    if (sources == null) {
                        output.write(b, off, len);
                    } else {
                        output.write(sources);
                    }
                } catch (TransportException e) {
                    throw end.afterWrite(e);
                } finally {
                    locks.write().unlock();
                }
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            state.leave();
        }
    }

    /** Runs on a thread of its own, for an application that does not write. */
    private void sendResponses() {
        if (state.isClosed() || !state.enter()) {
            return;
        }
        locks.write().lock();
        try {
            output.sendResponses();
        } catch (TransportException e) {
            end.afterWrite(e); // The application's next read or write reports the end.
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            locks.write().unlock();
            state.leave();
        }
    }

    @Override
    public void shutdownOutput() throws TransportException {
        inside(Stage.WRITE, this::sendCloseNotify);
    }

    private void sendCloseNotify() throws TransportException {
        ensureHandshake();
        locks.write().lock();
        try {
            state.requireOpen(Stage.WRITE);
            output.closeNotify(output.writeTimeout(), Stage.WRITE);
            raw.shutdownOutput(Stage.WRITE);
        } catch (TransportException e) {
            throw end.afterWrite(e);
        } finally {
            locks.write().unlock();
        }
    }

    /** Does not wait for the write lock, which a stuck writer holds. This releases the writer. */
    @Override
    public void abortOutput() throws TransportException {
        inside(Stage.WRITE, () -> {
            output.abort();
            raw.shutdownOutput(Stage.WRITE);
        });
    }

    @Override
    public void shutdownInput() throws TransportException {
        inside(Stage.READ, () -> {
            ensureHandshake();
            state.shutInput();
            raw.shutdownInput(Stage.READ);
        });
    }

    @Override
    public void abortInput() throws TransportException {
        inside(Stage.READ, () -> {
            state.discardInput();
            raw.shutdownInput(Stage.READ);
        });
    }

    @Override
    public void handshake() throws TransportException {
        inside(Stage.HANDSHAKE, this::ensureHandshake);
    }

    @Override
    public void handshake(Duration limit) throws TransportException {
        inside(Stage.HANDSHAKE, () -> {
            TlsHandshake first = handshake;
            if (first != null) {
                first.within(Deadline.after(limit));
                handshake = null;
            }
        });
    }

    /**
     * Ends TLS gracefully within the close timeout, and leaves the socket open. The raw socket first returns the bytes that arrived
     * and were not read. No thread may write meanwhile. A reader that waits gets the end of the TLS stream.
     *
     * @param successor run when no thread is inside the engine any more; it owns the socket from then on
     * @throws TransportException if the peer does not end TLS gracefully in time; the connection has ended
     */
    public void detach(Runnable successor) throws TransportException {
        inside(Stage.CLOSE, () -> {
            ensureHandshake();
            try {
                end.detach(() -> {
                    successor.run();
                    state.close();
                    state.endUses();
                });
            } catch (TransportException e) {
                throw end.afterDetach(e);
            }
        });
    }

    private interface Step {
        void run() throws TransportException;
    }

    /** For calls that are rare: a read or a write would allocate its step. */
    private void inside(Stage stage, Step step) throws TransportException {
        enter(stage);
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            state.leave();
        }
    }

    private void enter(Stage stage) throws TransportException {
        state.requireOpen(stage);
        if (!state.enter()) {
            throw state.closedException(stage);
        }
    }

    @Override
    public void close() {
        if (!state.close()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        boolean inside = state.enter();
        try {
            if (inside && details() != null) {
                end.sendCloseNotify(expectsTickets());
            }
        } catch (RuntimeException e) {
            // A failed engine has no close_notify.
        } finally {
            raw.close();
            state.endUses();
            if (inside) {
                state.leave();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean expectsTickets() {
        TlsDetails agreed = details();
        return agreed != null
                && core.engine().getUseClientMode()
                && agreed.protocol().equals("TLSv1.3");
    }

    @Override
    public void abort() {
        state.close();
        raw.close();
        state.endUses();
    }

    @Override
    public Optional<TlsDetails> tls() {
        return Optional.ofNullable(details());
    }

    @Override
    public void readTimeout(Duration timeout) {
        readWait.timeout(timeout);
    }

    @Override
    public void readDeadline(Deadline deadline) {
        readWait.deadline(deadline);
    }

    @Override
    public void writeTimeout(Duration timeout) {
        output.writeTimeout(Timeout.forEach(timeout));
    }

    @Override
    public boolean isOpen() {
        return !state.isClosed() && raw.isOpen();
    }

    @Override
    public RawSocket rawSocket() {
        return raw;
    }
}
