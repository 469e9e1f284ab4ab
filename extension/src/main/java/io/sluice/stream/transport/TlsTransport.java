package io.sluice.stream.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * Bytes through an engine. The read lock covers unwrapping, the write lock wrapping and the socket write after it, so that
 * records leave in order. The handshake holds both. Nobody waits for the read lock while holding the write lock.
 */
public final class TlsTransport implements Transport {
    private final RawSocket raw;
    private final SSLEngine engine;
    private final TlsLimits limits;
    private final TlsReader reader;
    private final TlsWriter writer;
    private final Ending ending = new Ending();
    private final Occupancy occupancy;
    /** Taken first: who waits for the handshake must not wait for the read lock, which a reader then keeps until data comes. */
    private final ReentrantLock handshakeLock = new ReentrantLock();

    private final ReentrantLock readLock = new ReentrantLock();
    private final ReentrantLock writeLock = new ReentrantLock();
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
            int n = reader.read(b, off, len, readTimeout, this::oweAnswer);
            if (n < 0) {
                ending.refuseIfFailed(Stage.READ);
            }
            return inputShut ? -1 : n;
        } catch (TransportException e) {
            if (inputShut && !ending.begun()) {
                return -1;
            }
            throw afterRead(e);
        } finally {
            readLock.unlock();
        }
    }

    /** A reader behind another reader waits no longer than for bytes. */
    private void lockForReading() throws TransportException {
        int timeout = readTimeout;
        if (timeout == 0) {
            readLock.lock();
        } else if (!tryLock(readLock, TimeUnit.MILLISECONDS.toNanos(timeout))) {
            throw new TransportException(
                    Stage.READ, Fault.TIMEOUT, "another thread was reading until the deadline", null);
        }
    }

    private TransportException afterRead(TransportException e) {
        if (ending.begun()) {
            return e.fault() == Fault.CLOSED ? ending.reason(Stage.READ) : e;
        }
        switch (e.fault()) {
            case TIMEOUT, TRUNCATED -> {
                if (e.stage() != Stage.READ) {
                    end(e);
                }
            }
            case TLS, PROTOCOL_ABUSE -> {
                ending.failed(e);
                sayFarewell(e.fault());
                end(e);
            }
            default -> end(e);
        }
        return e;
    }

    /** The reader alone has failed: the writer stops at the next record, or is stuck and goes without an alert. */
    private void sayFarewell(Fault fault) {
        Deadline deadline = Deadline.in(Deadline.nanos(limits.closeTimeout()));
        Farewell farewell = new Farewell(raw, reader, writer);
        if (tryLock(writeLock, fault == Fault.PROTOCOL_ABUSE ? 0 : deadline.nanosLeft())) {
            try {
                farewell.alert(fault, deadline);
            } finally {
                writeLock.unlock();
            }
            farewell.drain(deadline);
        }
    }

    private void oweAnswer() throws TransportException {
        writer.owe();
        offerAnswer();
    }

    /** A writer at work will answer in passing; it looks again after it has let the lock go. */
    private void offerAnswer() throws TransportException {
        while (writer.hasAnswer() && writeLock.tryLock()) {
            try {
                writer.answer(writePatience, Stage.READ);
            } catch (TransportException e) {
                if (!leavesInput(e)) {
                    throw e;
                }
            } finally {
                writeLock.unlock();
            }
        }
    }

    /** The output is over, but what the peer sent before may still be read. */
    private static boolean leavesInput(TransportException e) {
        return switch (e.fault()) {
            case PEER_CLOSED, RESET, IO -> true;
            default -> false;
        };
    }

    /**
     * Hands what has come behind the peer's close_notify back to the raw socket, for whoever reads that next. Nobody may be
     * reading.
     */
    void giveBackInput() {
        readLock.lock();
        try {
            reader.input().giveBack();
        } finally {
            readLock.unlock();
        }
    }

    @Override
    public int available() {
        if (inputShut || details == null || !occupancy.enter()) {
            return 0;
        }
        try {
            if (!readLock.tryLock()) {
                return 0;
            }
            try {
                return reader.available(this::oweAnswer);
            } finally {
                readLock.unlock();
            }
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
                offerAnswer();
            }
        } catch (RuntimeException | Error e) {
            abort();
            throw e;
        } finally {
            occupancy.leave();
        }
    }

    private void writeInside(ByteBuffer source) throws TransportException {
        writeLock.lock();
        try {
            writer.write(source, writePatience, ending);
        } catch (TransportException e) {
            throw afterWrite(e);
        } finally {
            writeLock.unlock();
        }
    }

    private TransportException afterWrite(TransportException e) {
        if (ending.begun()) {
            return e.fault() == Fault.CLOSED ? ending.reason(Stage.WRITE) : e;
        }
        if (e.fault() == Fault.CLOSED && raw.isOpen() || leavesInput(e)) {
            return e;
        }
        if (e.fault() == Fault.TLS) {
            ending.failed(e);
            new Farewell(raw, reader, writer).alert(e.fault(), Deadline.in(Deadline.nanos(limits.closeTimeout())));
        }
        end(e);
        return e;
    }

    @Override
    public void shutdownOutput() throws TransportException {
        enter(Stage.WRITE);
        try {
            ensureHandshaken();
            writeLock.lock();
            try {
                ending.refuse(Stage.WRITE);
                writer.close(writePatience, Stage.WRITE);
                if (!raw.socket().isOutputShutdown()) {
                    raw.socket().shutdownOutput();
                }
            } catch (TransportException e) {
                throw afterWrite(e);
            } catch (IOException e) {
                throw afterWrite(IoFaults.of(Stage.WRITE, e, raw));
            } finally {
                writeLock.unlock();
            }
        } finally {
            occupancy.leave();
        }
    }

    @Override
    public void shutdownInput() throws TransportException {
        enter(Stage.READ);
        try {
            inputShut = true;
            if (!raw.socket().isInputShutdown()) {
                raw.socket().shutdownInput();
            }
        } catch (IOException e) {
            throw IoFaults.of(Stage.READ, e, raw);
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
        handshakeLock.lock();
        try {
            if (details == null) {
                ending.refuse(Stage.HANDSHAKE);
                handshakeOnce();
            }
        } finally {
            handshakeLock.unlock();
        }
    }

    private void handshakeOnce() throws TransportException {
        Deadline deadline = Deadline.after(limits.handshakeTimeout());
        readLock.lock();
        writeLock.lock();
        try {
            details = new TlsHandshake(engine, reader, writer, deadline).run();
        } catch (TransportException e) {
            throw afterHandshake(e, deadline);
        } finally {
            writer.release();
            writeLock.unlock();
            readLock.unlock();
        }
    }

    private TransportException afterHandshake(TransportException e, Deadline deadline) {
        if (ending.begun()) {
            return e.fault() == Fault.CLOSED ? ending.reason(Stage.HANDSHAKE) : e;
        }
        ending.failed(e);
        switch (e.fault()) {
            case TLS, NOT_TLS, PROTOCOL_ABUSE -> {
                Deadline last =
                        Deadline.in(Deadline.nanos(limits.closeTimeout())).orEarlier(deadline);
                Farewell farewell = new Farewell(raw, reader, writer);
                farewell.alert(e.fault(), last);
                farewell.drain(last);
            }
            default -> {}
        }
        end(e);
        return e;
    }

    private void enter(Stage stage) throws TransportException {
        ending.refuse(stage);
        if (!occupancy.enter()) {
            throw ending.reason(stage);
        }
    }

    private void end(TransportException e) {
        ending.failed(e);
        raw.close();
        occupancy.shut();
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
                sayGoodbye(Deadline.in(Deadline.nanos(limits.closeTimeout())));
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

    private void sayGoodbye(Deadline deadline) {
        if (!tryLock(writeLock, deadline.nanosLeft())) {
            return;
        }
        Farewell farewell = new Farewell(raw, reader, writer);
        try {
            farewell.closeNotify(deadline);
        } finally {
            writeLock.unlock();
        }
        if (readLock.tryLock()) {
            try {
                if (farewell.unheard(expectsTickets())) {
                    farewell.drain(deadline);
                }
            } finally {
                readLock.unlock();
            }
        }
    }

    private boolean expectsTickets() {
        TlsDetails agreed = details;
        return agreed != null && engine.getUseClientMode() && agreed.protocol().equals("TLSv1.3");
    }

    /** An interrupt ends the wait, as it ends a connection. */
    private static boolean tryLock(ReentrantLock lock, long nanos) {
        try {
            return lock.tryLock() || lock.tryLock(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
