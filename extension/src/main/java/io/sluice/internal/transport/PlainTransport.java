package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Bytes as they are. Only a reset shows a peer without TLS that data is missing, so a connection
 * whose write failed or was cut ends with a reset. All other ends are a FIN.
 */
public final class PlainTransport implements Transport {
    private final RawSocket raw;
    private final PushbackSocket wire;
    private final Duration closeTimeout;
    private final ReentrantLock readLock = new ReentrantLock();
    private final ReentrantLock writeLock = new ReentrantLock();
    private final ReadWait readWait = new ReadWait();
    private volatile Timeout writeTimeout = Timeout.NONE;
    private volatile boolean inputShut;
    private volatile boolean inputAborted;
    private volatile boolean outputShut;
    private volatile boolean handedOver;
    private volatile boolean closing;

    /**
     * Takes the socket over. Its close waits for nobody.
     *
     * @param raw the socket; closed with this transport
     */
    public PlainTransport(RawSocket raw) {
        this(raw, Duration.ZERO);
    }

    /**
     * Takes the socket over.
     *
     * @param raw the socket; closed with this transport
     * @param closeTimeout how long the close waits for a write in progress; zero means that it waits for nobody
     */
    public PlainTransport(RawSocket raw, Duration closeTimeout) {
        this.raw = raw;
        this.wire = raw.wire();
        this.closeTimeout = closeTimeout;
    }

    @Override
    public int read(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        requireOpen(Stage.READ);
        if (len == 0) {
            return 0;
        }
        lockForReading();
        try {
            requireOpen(Stage.READ);
            if (inputShut) {
                return inputAborted ? -1 : wire.takeUnread(b, off, len);
            }
            int n = wire.read(b, off, len, readWait.soTimeout(), Stage.READ);
            if (n < 0 && closing) {
                requireOpen(Stage.READ);
            }
            return inputShut ? -1 : n;
        } catch (TransportException e) {
            if (inputShut && raw.isOpen()) {
                return -1;
            }
            throw ended(e);
        } finally {
            readLock.unlock();
        }
    }

    private void lockForReading() throws TransportException {
        try {
            readWait.lock(readLock);
        } catch (TransportException e) {
            throw ended(e);
        }
    }

    @Override
    public int available() {
        if (inputShut || !raw.isOpen() || !readLock.tryLock()) {
            return 0;
        }
        try {
            return wire.available();
        } finally {
            readLock.unlock();
        }
    }

    @Override
    public void write(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        requireOpen(Stage.WRITE);
        if (len == 0) {
            return;
        }
        writeLock.lock();
        try {
            requireOpen(Stage.WRITE);
            if (outputShut) {
                throw new TransportException(Stage.WRITE, Reason.CLOSED, "the output was shut down by this side", null);
            }
            raw.cut(true);
            wire.write(b, off, len, writeTimeout, Stage.WRITE);
            raw.cut(false);
        } catch (TransportException e) {
            throw ended(e);
        } finally {
            writeLock.unlock();
        }
    }

    /** What the peer has sent before it closed may still be read; the other failures leave nothing to go on with. */
    private TransportException ended(TransportException e) {
        switch (e.reason()) {
            case INTERRUPTED -> raw.close();
            case TIMEOUT -> {
                if (e.stage() == Stage.WRITE) {
                    raw.close();
                }
            }
            default -> {}
        }
        return e;
    }

    /** Behind a write in progress. */
    @Override
    public void shutdownOutput() throws TransportException {
        requireOpen(Stage.WRITE);
        writeLock.lock();
        try {
            abortOutput();
        } finally {
            writeLock.unlock();
        }
    }

    /** Ignores the write lock, which a stuck writer holds, and so frees the writer. */
    @Override
    public void abortOutput() throws TransportException {
        requireOpen(Stage.WRITE);
        outputShut = true;
        raw.shutdownOutput(Stage.WRITE);
    }

    @Override
    public void shutdownInput() throws TransportException {
        requireOpen(Stage.READ);
        inputShut = true;
        raw.shutdownInput(Stage.READ);
    }

    @Override
    public void abortInput() throws TransportException {
        inputAborted = true;
        shutdownInput();
    }

    /**
     * Hands the socket over while nobody reads or writes. This transport is closed then, and the socket is not.
     *
     * @param unread bytes that were read and are the successor's first
     * @param limit how long to wait for whoever reads or writes; zero means no limit
     * @param successor run under the locks; whoever it is owns the socket from then on
     * @return false when someone was still reading or writing at the end of that time, and nothing was done
     */
    public boolean handOver(ByteBuffer unread, Duration limit, Runnable successor) {
        Deadline deadline = Deadline.after(limit);
        if (!TlsLocks.tryLock(readLock, deadline.nanosLeft())) {
            return false;
        }
        try {
            if (!TlsLocks.tryLock(writeLock, deadline.nanosLeft())) {
                return false;
            }
            try {
                wire.unread(unread);
                successor.run();
                handedOver = true;
                return true;
            } finally {
                writeLock.unlock();
            }
        } finally {
            readLock.unlock();
        }
    }

    private void requireOpen(Stage stage) throws TransportException {
        if (!isOpen()) {
            throw new TransportException(stage, Reason.CLOSED, "the connection was closed by this side", null);
        }
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
        writeTimeout = Timeout.forEach(timeout);
    }

    @Override
    public void handshake() {}

    @Override
    public void handshake(Duration limit) {}

    @Override
    public Optional<TlsDetails> tls() {
        return Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return raw.isOpen() && !handedOver && !closing;
    }

    /** Frees a reader at once, a writer at the close timeout. */
    @Override
    public void close() {
        if (handedOver || closing) {
            return;
        }
        closing = true;
        boolean interrupted = Thread.interrupted();
        boolean whole = writeLock.tryLock();
        if (!whole) {
            freeReader();
            whole = TlsLocks.tryLock(writeLock, Deadline.nanos(closeTimeout));
        }
        raw.close();
        if (whole) {
            writeLock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void freeReader() {
        try {
            raw.shutdownInput(Stage.CLOSE);
        } catch (TransportException e) {
            // The close of the socket frees it too, when the write has ended.
        }
    }

    @Override
    public void abort() {
        if (!handedOver) {
            closing = true;
            raw.close();
        }
    }

    @Override
    public RawSocket rawSocket() {
        return raw;
    }
}
