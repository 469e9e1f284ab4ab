package io.sluice.stream.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Bytes through an engine. The read lock covers unwrapping, the write lock wrapping and the socket write after it, so that
 * records leave in order. The handshake holds both. Nobody waits for the read lock while holding the write lock.
 */
public final class TlsTransport implements Transport {
    /** A close may wait for nobody; an answer must have the time that a healthy write takes. */
    private static final long LEAST_ANSWER_NANOS = 1_000_000_000;

    private final RawSocket raw;
    private final SSLEngine engine;
    private final TlsLimits limits;
    private final TlsReader reader;
    private final TlsWriter writer;
    private final Ending ending = new Ending();
    private final Occupancy occupancy;
    private final TlsLocks locks = new TlsLocks();
    /** A reader that answers holds the read lock, and waits no longer than a close does. */
    private final Patience answerPatience;

    private final TlsReader.Answers answers = this::oweAnswer;
    private final TlsReader.Answers laterAnswers;

    private volatile @Nullable TlsDetails details;
    private volatile int readTimeout;
    private volatile Patience writePatience = Patience.forEach(Duration.ZERO);
    private volatile boolean inputShut;

    /**
     * Takes the socket and the engine over. Nothing is read or written yet.
     *
     * @param raw the socket; closed with this transport
     * @param engine an engine that nobody else uses, its mode and parameters set
     * @param limits for the handshake and the close
     * @param onEngineReleased run exactly once, when this transport has ended and no thread is inside the engine any more
     */
    public TlsTransport(RawSocket raw, SSLEngine engine, TlsLimits limits, Runnable onEngineReleased) {
        this.raw = raw;
        this.engine = engine;
        this.limits = limits;
        this.reader = new TlsReader(engine, raw.wire());
        this.writer = new TlsWriter(engine, raw.wire());
        this.laterAnswers = writer::owe;
        long answerNanos = Math.max(LEAST_ANSWER_NANOS, Deadline.nanos(limits.closeTimeout()));
        this.answerPatience = () -> Math.min(writePatience.nanosLeft(), answerNanos);
        this.occupancy = new Occupancy(() -> {
            reader.release();
            writer.release();
            onEngineReleased.run();
        });
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
            occupancy.leave();
        }
    }

    private int readInside(byte[] b, int off, int len) throws TransportException {
        ensureHandshaken();
        lockForReading();
        try {
            if (inputShut) {
                return -1;
            }
            ending.refuse(Stage.READ);
            answerWhatIsOwed();
            int n = reader.read(b, off, len, readTimeout, answers);
            if (n < 0) {
                ending.refuseIfFailed(Stage.READ);
            }
            return inputShut ? -1 : n;
        } catch (TransportException e) {
            if (inputShut && !ending.begun()) {
                return -1;
            }
            throw failures().afterRead(e);
        } finally {
            locks.read().unlock();
        }
    }

    /** A reader behind another reader waits no longer than for bytes. */
    private void lockForReading() throws TransportException {
        int timeout = readTimeout;
        if (timeout == 0) {
            locks.read().lock();
        } else if (!TlsLocks.tryLock(locks.read(), TimeUnit.MILLISECONDS.toNanos(timeout))) {
            throw failures().afterRead(ReadTurn.missed());
        }
    }

    private void oweAnswer() throws TransportException {
        writer.owe();
        offerAnswer(answerPatience);
    }

    /** What {@link #available} owes, which must not write. Data that is there goes first. */
    private void answerWhatIsOwed() throws TransportException {
        if (writer.owes() && reader.held() == 0) {
            offerAnswer(answerPatience);
        }
    }

    /** A writer at work will answer in passing; it looks again after it has let the lock go. */
    private void offerAnswer(Patience patience) throws TransportException {
        while (writer.hasAnswer() && locks.write().tryLock()) {
            try {
                writer.answer(patience, Stage.READ);
            } catch (TransportException e) {
                if (!TlsFailures.leavesInput(e)) {
                    throw e;
                }
            } finally {
                locks.write().unlock();
            }
        }
    }

    /**
     * Hands what has come behind the peer's close_notify back to the raw socket, for whoever reads that next. Nobody may be
     * reading.
     */
    void giveBackInput() {
        locks.read().lock();
        try {
            reader.input().giveBack();
        } finally {
            locks.read().unlock();
        }
    }

    @Override
    public int available() {
        if (inputShut || details == null || !occupancy.enter()) {
            return 0;
        }
        try {
            if (!locks.read().tryLock()) {
                return 0;
            }
            try {
                return reader.available(laterAnswers);
            } finally {
                locks.read().unlock();
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            occupancy.leave();
        }
    }

    @Override
    public void write(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        enter(Stage.WRITE);
        try {
            if (len > 0) {
                ensureHandshaken();
                writeInside(ByteBuffer.wrap(b, off, len));
                offerAnswer(writePatience);
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            occupancy.leave();
        }
    }

    private void writeInside(ByteBuffer source) throws TransportException {
        locks.write().lock();
        try {
            writer.write(source, writePatience, ending);
        } catch (TransportException e) {
            throw failures().afterWrite(e);
        } finally {
            locks.write().unlock();
        }
    }

    @Override
    public void shutdownOutput() throws TransportException {
        enter(Stage.WRITE);
        try {
            ensureHandshaken();
            locks.write().lock();
            try {
                ending.refuse(Stage.WRITE);
                writer.close(writePatience, Stage.WRITE);
                if (!raw.socket().isOutputShutdown()) {
                    raw.socket().shutdownOutput();
                }
            } catch (TransportException e) {
                throw failures().afterWrite(e);
            } catch (IOException e) {
                throw failures().afterWrite(IoFaults.of(Stage.WRITE, e, raw));
            } finally {
                locks.write().unlock();
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            occupancy.leave();
        }
    }

    @Override
    public void shutdownInput() throws TransportException {
        enter(Stage.READ);
        try {
            ensureHandshaken();
            inputShut = true;
            if (!raw.socket().isInputShutdown()) {
                raw.socket().shutdownInput();
            }
        } catch (TransportException e) {
            throw e;
        } catch (IOException e) {
            throw IoFaults.of(Stage.READ, e, raw);
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            occupancy.leave();
        }
    }

    @Override
    public void handshake() throws TransportException {
        enter(Stage.HANDSHAKE);
        try {
            ensureHandshaken();
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            occupancy.leave();
        }
    }

    private void ensureHandshaken() throws TransportException {
        if (details != null) {
            return;
        }
        locks.handshake().lock();
        try {
            if (details == null) {
                ending.refuse(Stage.HANDSHAKE);
                handshakeOnce();
            }
        } finally {
            locks.handshake().unlock();
        }
    }

    private void handshakeOnce() throws TransportException {
        Deadline deadline = Deadline.after(limits.handshakeTimeout());
        locks.read().lock();
        locks.write().lock();
        try {
            details = new TlsHandshake(engine, reader, writer, deadline).run();
        } catch (TransportException e) {
            throw failures().afterHandshake(e, deadline);
        } finally {
            writer.release();
            locks.write().unlock();
            locks.read().unlock();
        }
    }

    private void enter(Stage stage) throws TransportException {
        ending.refuse(stage);
        if (!occupancy.enter()) {
            throw ending.reason(stage);
        }
    }

    @Override
    public void close() {
        if (!ending.begin()) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        boolean inside = occupancy.enter();
        try {
            if (inside && details != null) {
                new Goodbye(raw, reader, writer, locks)
                        .say(expectsTickets(), Deadline.in(Deadline.nanos(limits.closeTimeout())));
            }
        } catch (RuntimeException e) {
            // An engine that fails here has nothing more to say.
        } finally {
            raw.close();
            occupancy.shut();
            if (inside) {
                occupancy.leave();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean expectsTickets() {
        TlsDetails agreed = details;
        return agreed != null && engine.getUseClientMode() && agreed.protocol().equals("TLSv1.3");
    }

    private TlsFailures failures() {
        return new TlsFailures(raw, limits, reader, writer, ending, occupancy, locks);
    }

    @Override
    public void abort() {
        ending.begin();
        raw.close();
        occupancy.shut();
    }

    @Override
    public Optional<TlsDetails> tls() {
        return Optional.ofNullable(details);
    }

    @Override
    public void readTimeout(Duration timeout) {
        readTimeout = Deadline.soTimeout(timeout);
    }

    @Override
    public void writeTimeout(Duration timeout) {
        writePatience = Patience.forEach(timeout);
    }

    @Override
    public boolean isOpen() {
        return !ending.begun() && raw.isOpen();
    }

    @Override
    public RawSocket rawSocket() {
        return raw;
    }
}
