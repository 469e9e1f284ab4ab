package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Stage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLEngine;

/**
 * Bytes through an engine. The read lock covers unwrapping, the write lock wrapping and the socket write after it, so that
 * records leave in order. The handshake holds both. Nobody waits for the read lock while holding the write lock.
 */
public final class TlsTransport implements Transport {
    private final RawSocket raw;
    private final SSLEngine engine;
    private final TlsReader reader;
    private final TlsWriter writer;
    private final Termination termination = new Termination();
    private final UseCount uses;
    private final TlsLocks locks = new TlsLocks();
    private final PostHandshakeWrites answers;
    private final TlsClose closing;
    private final TlsFailures failures;
    private final LazyHandshake handshake;
    private final ReadWait readWait = new ReadWait();
    private volatile boolean inputShut;
    private volatile boolean inputAborted;

    /**
     * Takes the socket and the engine over. Nothing is read or written yet.
     *
     * @param raw the socket; closed with this transport
     * @param engine an engine that nobody else uses, its mode and parameters set
     * @param limits for the handshake and the close
     * @param onEngineReleased run exactly once, when this transport has ended and no thread is inside the engine any more
     */
    public TlsTransport(RawSocket raw, SSLEngine engine, TlsLimits limits, Runnable onEngineReleased) {
        this(raw, engine, limits, onEngineReleased, unknown -> Optional.empty());
    }

    /**
     * Takes the socket and the engine over. Nothing is read or written yet.
     *
     * @param raw the socket; closed with this transport
     * @param engine an engine that nobody else uses, its mode and parameters set
     * @param limits for the handshake and the close
     * @param onEngineReleased run exactly once, when this transport has ended and no thread is inside the engine any more
     * @param notes what the engine's trust found; asked once, at the end of a handshake in which the peer showed a certificate
     */
    public TlsTransport(
            RawSocket raw,
            SSLEngine engine,
            TlsLimits limits,
            Runnable onEngineReleased,
            Function<SSLEngine, Optional<?>> notes) {
        this.raw = raw;
        this.engine = engine;
        this.reader = new TlsReader(engine, raw.wire());
        this.writer = new TlsWriter(engine, raw.wire());
        this.answers = new PostHandshakeWrites(writer, locks.write(), this::sendAnswers);
        this.uses = new UseCount(() -> {
            reader.release();
            writer.release();
            onEngineReleased.run();
        });
        this.closing = new TlsClose(raw, reader, writer, locks, termination, limits);
        this.failures = new TlsFailures(closing, uses);
        this.handshake = new LazyHandshake(new TlsHandshake(engine, raw.wire(), reader, writer, notes), failures);
    }

    /**
     * The engine, for those who have noted something of it.
     *
     * @return the engine, which is this transport's alone to use
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
                return inputAborted ? -1 : reader.takeHeld(b, off, len);
            }
            termination.refuse(Stage.READ);
            int n = reader.read(b, off, len, readWait, answers);
            if (n < 0) {
                termination.refuseIfFailed(Stage.READ);
            }
            return inputShut ? -1 : n;
        } catch (TransportException e) {
            if (inputShut && !termination.begun()) {
                return -1;
            }
            throw failures.afterRead(e);
        } finally {
            locks.read().unlock();
        }
    }

    private void lockForReading() throws TransportException {
        try {
            readWait.lock(locks.read());
        } catch (TransportException e) {
            throw failures.afterRead(e);
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
                return reader.available(answers);
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
        termination.refuseWrite();
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
            termination.refuseWrite();
            writer.write(source, answers.writeTimeout(), termination);
        } catch (TransportException e) {
            throw failures.afterWrite(e);
        } finally {
            locks.write().unlock();
        }
    }

    /** On a thread of its own, for an application that does not write. */
    private void sendAnswers() {
        if (termination.begun() || !uses.acquire()) {
            return;
        }
        locks.write().lock();
        try {
            writer.sendGathered(answers.writeTimeout(), Stage.WRITE);
        } catch (TransportException e) {
            failures.afterWrite(e); // The application's next read or write says what has ended.
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
            termination.refuse(Stage.WRITE);
            writer.close(answers.writeTimeout(), Stage.WRITE);
            raw.shutdownOutput(Stage.WRITE);
        } catch (TransportException e) {
            throw failures.afterWrite(e);
        } finally {
            locks.write().unlock();
        }
    }

    /** Past the write lock, which a stuck writer holds: that one is freed. */
    @Override
    public void abortOutput() throws TransportException {
        inside(Stage.WRITE, () -> {
            writer.abandon();
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
     * Ends TLS in order, within the close timeout, and leaves the socket open. Bytes that came and were not read are the first
     * that the raw socket gives. Nobody may write meanwhile; a reader that waits gets the end of the TLS stream.
     *
     * @param successor run when nobody can be inside the engine any more; whoever it is owns the socket from then on
     * @throws TransportException when the peer does not end TLS in time, or not in order; the connection has ended then
     */
    public void detach(Runnable successor) throws TransportException {
        inside(Stage.CLOSE, () -> {
            handshake.ensure();
            try {
                closing.detach(() -> {
                    successor.run();
                    termination.begin();
                    uses.close();
                });
            } catch (TransportException e) {
                throw failures.afterDetach(e);
            }
        });
    }

    private interface Step {
        void run() throws TransportException;
    }

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
        termination.refuse(stage);
        if (!uses.acquire()) {
            throw termination.reason(stage);
        }
    }

    @Override
    public void close() {
        if (!termination.begin()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        boolean inside = uses.acquire();
        try {
            if (inside && handshake.details() != null) {
                closing.sendCloseNotify(expectsTickets());
            }
        } catch (RuntimeException e) {
            // An engine that fails here has nothing more to say.
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
        termination.begin();
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
        answers.writeTimeout(Timeout.forEach(timeout));
    }

    @Override
    public boolean isOpen() {
        return !termination.begun() && raw.isOpen();
    }

    @Override
    public RawSocket rawSocket() {
        return raw;
    }
}
