package io.sluice.stream.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes as they are. */
public final class PlainTransport implements Transport {
    private final RawSocket raw;
    private final Wire wire;
    private final ReentrantLock readLock = new ReentrantLock();
    private final ReentrantLock writeLock = new ReentrantLock();
    private volatile int readTimeout;
    private volatile Patience writePatience = Patience.WITHOUT_LIMIT;
    private volatile boolean inputShut;
    private volatile boolean inputAborted;
    private volatile boolean outputShut;
    private volatile boolean handedOver;

    /**
     * Takes the socket over.
     *
     * @param raw the socket; closed with this transport
     */
    public PlainTransport(RawSocket raw) {
        this.raw = raw;
        this.wire = raw.wire();
    }

    @Override
    public int read(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        requireOpen(Stage.READ);
        if (len == 0) {
            return 0;
        }
        int timeout = readTimeout;
        if (timeout == 0) {
            readLock.lock();
        } else if (!TlsLocks.tryLock(readLock, TimeUnit.MILLISECONDS.toNanos(timeout))) {
            throw ended(ReadTurn.missed());
        }
        try {
            requireOpen(Stage.READ);
            if (inputShut) {
                return inputAborted ? -1 : wire.takeUnread(b, off, len);
            }
            int n = wire.read(b, off, len, readTimeout, Stage.READ);
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
                throw new TransportException(Stage.WRITE, Fault.CLOSED, "the output was shut down by this side", null);
            }
            wire.write(b, off, len, writePatience, Stage.WRITE);
        } catch (TransportException e) {
            throw ended(e);
        } finally {
            writeLock.unlock();
        }
    }

    /** What the peer has sent before it closed may still be read; the other failures leave nothing to go on with. */
    private TransportException ended(TransportException e) {
        switch (e.fault()) {
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

    @Override
    public void shutdownOutput() throws TransportException {
        requireOpen(Stage.WRITE);
        outputShut = true;
        raw.shutdownOutput(Stage.WRITE);
    }

    /** The same: there is nobody to take leave of. */
    @Override
    public void abortOutput() throws TransportException {
        shutdownOutput();
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
     * @param limit how long to wait for whoever reads or writes; zero means without limit
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
        if (!raw.isOpen() || handedOver) {
            throw new TransportException(stage, Fault.CLOSED, "the connection was closed by this side", null);
        }
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
    public void handshake() {}

    @Override
    public void handshake(Duration limit) {}

    @Override
    public Optional<TlsDetails> tls() {
        return Optional.empty();
    }

    @Override
    public boolean isOpen() {
        return raw.isOpen() && !handedOver;
    }

    @Override
    public void close() {
        if (!handedOver) {
            raw.close();
        }
    }

    @Override
    public void abort() {
        close();
    }

    @Override
    public RawSocket rawSocket() {
        return raw;
    }
}
