package io.sluice.internal.transport;

import io.sluice.internal.transport.TlsDetails.PeerReview;
import io.sluice.internal.transport.TransportException.Stage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/**
 * A transport that runs an engine over a socket. Thread-safe.
 *
 * <pre>
 *      read lock                                      write lock
 *      ---------                                      ----------
 *      read                                           write
 *        |  LazyHandshake first, under both locks       |
 *      TlsReader        SSLEngine.unwrap              TlsWriter        SSLEngine.wrap, whole flights
 *        |  \                                           |
 *        |   PostHandshakeWrites, for the next write:   |
 *        |     KeyUpdates ---------------------------> PendingWrites
 *      RecordReader     one record at a time            |
 *        |                                              |
 *      PushbackSocket   bytes read too early first    PushbackSocket   watched by IoWatchdog
 *        |                                              |
 *      SocketIo                                       SocketIo
 * </pre>
 *
 * <p>The read lock covers decryption. The write lock covers encryption and the socket write, so that records leave in order. No
 * thread waits for the read lock while it holds the write lock. {@link TlsClose} ends the connection.
 */
public final class TlsTransport implements Transport {
    private final RawSocket raw;
    private final SSLEngine engine;
    private final TlsReader reader;
    private final TlsWriter writer;
    private final Termination termination = new Termination();
    private final UseCount uses;
    private final TlsLocks locks = new TlsLocks();
    private final PostHandshakeWrites responses;
    private final TlsClose close;
    private final LazyHandshake handshake;
    private final ReadWait readWait = new ReadWait();
    private volatile boolean inputShut;
    private volatile boolean inputAborted;

    /**
     * Takes over the socket and the engine. Nothing is read or written yet.
     *
     * @param raw the socket; closed with this transport
     * @param engine an engine for this transport only, with its mode and parameters set
     * @param limits the time limits of the handshake and the close
     * @param onEngineReleased run exactly once, after this transport has ended and no thread is inside the engine
     */
    public TlsTransport(RawSocket raw, SSLEngine engine, TlsLimits limits, Runnable onEngineReleased) {
        this(raw, engine, limits, onEngineReleased, PeerReview.NONE);
    }

    /**
     * Takes over the socket and the engine. Nothing is read or written yet.
     *
     * @param raw the socket; closed with this transport
     * @param engine an engine for this transport only, with its mode and parameters set
     * @param limits the time limits of the handshake and the close
     * @param onEngineReleased run exactly once, after this transport has ended and no thread is inside the engine
     * @param review what this side's context says about the peer
     */
    public TlsTransport(
            RawSocket raw, SSLEngine engine, TlsLimits limits, Runnable onEngineReleased, PeerReview review) {
        this.raw = raw;
        this.engine = engine;
        this.reader = new TlsReader(engine, raw.wire());
        this.writer = new TlsWriter(engine, raw.wire());
        this.responses = new PostHandshakeWrites(writer, locks.write(), this::sendResponses);
        this.uses = new UseCount(() -> {
            reader.release();
            writer.release();
            onEngineReleased.run();
        });
        this.close = new TlsClose(raw, reader, writer, locks, termination, limits, uses);
        this.handshake = new LazyHandshake(new TlsHandshake(engine, raw.wire(), reader, writer, review), close);
    }

    /**
     * Returns the engine, as a key for data about it.
     *
     * @return the engine, which only this transport may use
     */
    public SSLEngine engine() {
        return engine;
    }

    @Override
    public int read(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        enter(Stage.READ);
        try {
            return len == 0 ? 0 : readInside(b, off, len);
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            uses.release();
        }
    }

    private int readInside(byte[] b, int off, int len) throws TransportException {
        handshake.beforeRead(readWait.deadline());
        lockForReading();
        try {
            if (inputShut) {
                return inputAborted ? -1 : reader.takeDecrypted(b, off, len);
            }
            termination.requireOpen(Stage.READ);
            int n = reader.read(b, off, len, readWait, responses);
            if (n < 0) {
                termination.requireNotFailed(Stage.READ);
            }
            return inputShut ? -1 : n;
        } catch (TransportException e) {
            if (inputShut && !termination.isClosed()) {
                return -1;
            }
            throw close.afterRead(e);
        } finally {
            locks.read().unlock();
        }
    }

    private void lockForReading() throws TransportException {
        try {
            readWait.lock(locks.read());
        } catch (TransportException e) {
            throw close.afterRead(e);
        }
    }

    @Override
    public int available() {
        if (inputShut || handshake.details() == null || !uses.acquire()) {
            return 0;
        }
        try {
            if (!locks.read().tryLock()) {
                return 0;
            }
            try {
                return reader.available(responses);
            } finally {
                locks.read().unlock();
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            uses.release();
        }
    }

    @Override
    public void write(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        termination.requireOpenForWrite();
        enter(Stage.WRITE);
        try {
            if (len > 0) {
                handshake.ensure();
                writeInside(ByteBuffer.wrap(b, off, len));
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            uses.release();
        }
    }

    private void writeInside(ByteBuffer source) throws TransportException {
        locks.write().lock();
        try {
            termination.requireOpenForWrite();
            writer.write(source, responses.writeTimeout(), termination);
        } catch (TransportException e) {
            throw close.afterWrite(e);
        } finally {
            locks.write().unlock();
        }
    }

    /** Runs on a thread of its own, for an application that does not write. */
    private void sendResponses() {
        if (termination.isClosed() || !uses.acquire()) {
            return;
        }
        locks.write().lock();
        try {
            writer.sendGathered(responses.writeTimeout(), Stage.WRITE);
        } catch (TransportException e) {
            close.afterWrite(e); // The application's next read or write reports the end.
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            locks.write().unlock();
            uses.release();
        }
    }

    @Override
    public void shutdownOutput() throws TransportException {
        inside(Stage.WRITE, this::sendCloseNotify);
    }

    private void sendCloseNotify() throws TransportException {
        handshake.ensure();
        locks.write().lock();
        try {
            termination.requireOpen(Stage.WRITE);
            writer.close(responses.writeTimeout(), Stage.WRITE);
            raw.shutdownOutput(Stage.WRITE);
        } catch (TransportException e) {
            throw close.afterWrite(e);
        } finally {
            locks.write().unlock();
        }
    }

    /** Does not wait for the write lock, which a stuck writer holds. This releases the writer. */
    @Override
    public void abortOutput() throws TransportException {
        inside(Stage.WRITE, () -> {
            writer.abort();
            raw.shutdownOutput(Stage.WRITE);
        });
    }

    @Override
    public void shutdownInput() throws TransportException {
        inside(Stage.READ, () -> {
            handshake.ensure();
            inputShut = true;
            raw.shutdownInput(Stage.READ);
        });
    }

    @Override
    public void abortInput() throws TransportException {
        inside(Stage.READ, () -> {
            inputAborted = true;
            inputShut = true;
            raw.shutdownInput(Stage.READ);
        });
    }

    @Override
    public void handshake() throws TransportException {
        inside(Stage.HANDSHAKE, handshake::ensure);
    }

    @Override
    public void handshake(Duration limit) throws TransportException {
        inside(Stage.HANDSHAKE, () -> handshake.within(Deadline.after(limit)));
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
            handshake.ensure();
            try {
                close.detach(() -> {
                    successor.run();
                    termination.markClosed();
                    uses.close();
                });
            } catch (TransportException e) {
                throw close.afterDetach(e);
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
            uses.release();
        }
    }

    private void enter(Stage stage) throws TransportException {
        termination.requireOpen(stage);
        if (!uses.acquire()) {
            throw termination.closedException(stage);
        }
    }

    @Override
    public void close() {
        if (!termination.markClosed()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        boolean inside = uses.acquire();
        try {
            if (inside && handshake.details() != null) {
                close.sendCloseNotify(expectsTickets());
            }
        } catch (RuntimeException e) {
            // A failed engine has no close_notify.
        } finally {
            raw.close();
            uses.close();
            if (inside) {
                uses.release();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean expectsTickets() {
        TlsDetails agreed = handshake.details();
        return agreed != null && engine.getUseClientMode() && agreed.protocol().equals("TLSv1.3");
    }

    @Override
    public void abort() {
        termination.markClosed();
        raw.close();
        uses.close();
    }

    @Override
    public Optional<TlsDetails> tls() {
        return Optional.ofNullable(handshake.details());
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
        responses.writeTimeout(Timeout.forEach(timeout));
    }

    @Override
    public boolean isOpen() {
        return !termination.isClosed() && raw.isOpen();
    }

    @Override
    public RawSocket rawSocket() {
        return raw;
    }
}
