package io.sluice.internal.transport;

import io.sluice.internal.tls.TlsDetails;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A plaintext transport. Without TLS, only a reset shows the peer that data is missing, so a connection whose write failed or was
 * cut ends with a reset. In all other cases it ends with a FIN. Thread-safe.
 */
public final class PlainTransport extends Transport {
    private static final byte[] NO_ARRAY = {};

    private final SocketInput input;
    private final SocketOutput output;
    private final Duration closeTimeout;
    private final ReentrantLock readLock = new ReentrantLock();
    private final ReentrantLock writeLock = new ReentrantLock();
    private volatile Deadline writeTimeout = Deadline.NEVER;
    private volatile boolean inputShut;
    private volatile boolean inputAborted;
    private volatile boolean outputShut;
    private volatile boolean handedOver;
    private volatile boolean closing;

    /**
     * Takes over the socket.
     *
     * @param raw the socket; closed with this transport
     * @param closeTimeout how long a close waits for a write in progress; zero means not at all
     */
    public PlainTransport(RawSocket raw, Duration closeTimeout) {
        super(raw);
        this.input = raw.input();
        this.output = raw.output();
        this.closeTimeout = closeTimeout;
    }

    /** The same with a close that does not wait. */
    public PlainTransport(RawSocket raw) {
        this(raw, Duration.ZERO);
    }

    @Override
    public int read(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        requireOpen(Stage.READ);
        return len == 0 ? 0 : read(b, off, len, null);
    }

    @Override
    public int read(ByteBuffer target) throws TransportException {
        requireOpen(Stage.READ);
        if (!target.hasRemaining()) {
            return 0;
        }
        if (!target.hasArray()) {
            return read(NO_ARRAY, 0, 0, target);
        }
        int n = read(target.array(), target.arrayOffset() + target.position(), target.remaining(), null);
        target.position(target.position() + Math.max(n, 0));
        return n;
    }

    /** Reads into a buffer without an array if there is one, and otherwise into the array. */
    private int read(byte[] b, int off, int len, @Nullable ByteBuffer target) throws TransportException {
        lockForReading();
        try {
            requireOpen(Stage.READ);
            if (inputShut) {
                return inputAborted ? -1 : target == null ? input.takeUnread(b, off, len) : input.takeUnread(target);
            }
            int timeout = readWait.soTimeout();
            int n = target == null
                    ? input.read(b, off, len, timeout, Stage.READ)
                    : input.read(target, null, timeout, Stage.READ);
            if (n < 0 && closing) {
                requireOpen(Stage.READ);
            }
            return inputShut ? -1 : n;
        } catch (TransportException e) {
            if (inputShut && raw.isOpen()) {
                return -1;
            }
            throw closeIfFatal(e);
        } finally {
            readLock.unlock();
        }
    }

    @Override
    public int readNow(ByteBuffer target) throws TransportException {
        requireOpen(Stage.READ);
        if (!readLock.tryLock()) {
            return 0;
        }
        try {
            requireOpen(Stage.READ);
            if (inputShut) {
                return -1;
            }
            int n = input.readNow(target, Stage.READ);
            if (n < 0 && closing) {
                requireOpen(Stage.READ);
            }
            return n;
        } catch (TransportException e) {
            throw closeIfFatal(e);
        } finally {
            readLock.unlock();
        }
    }

    @Override
    public boolean holdsBytes() {
        return input.hasUnread();
    }

    @Override
    public void trim() {}

    @Override
    public boolean needsHandshake() {
        return false;
    }

    @Override
    public boolean flushDeferred() throws TransportException {
        if (!writeLock.tryLock()) {
            return true; // The thread that writes sends them first.
        }
        try {
            boolean all = output.flushNow(Stage.WRITE);
            raw.writeIncomplete(!all);
            return all;
        } catch (TransportException e) {
            raw.close();
            throw e;
        } finally {
            writeLock.unlock();
        }
    }

    private void lockForReading() throws TransportException {
        try {
            readWait.lock(readLock);
        } catch (TransportException e) {
            throw closeIfFatal(e);
        }
    }

    @Override
    public int available() {
        if (inputShut || !raw.isOpen() || !readLock.tryLock()) {
            return 0;
        }
        try {
            return input.available();
        } finally {
            readLock.unlock();
        }
    }

    @Override
    public void write(byte[] b, int off, int len) throws TransportException {
        Objects.checkFromIndexSize(off, len, b.length);
        write(b, off, len, null);
    }

    @Override
    public void write(ByteBuffer... sources) throws TransportException {
        write(NO_ARRAY, 0, Transport.remaining(sources) == 0 ? 0 : 1, sources);
    }

    /** Writes the sources if there are any, and otherwise the bytes of the array. */
    private void write(byte[] b, int off, int len, ByteBuffer @Nullable [] sources) throws TransportException {
        requireOpen(Stage.WRITE);
        if (len == 0) {
            return;
        }
        writeLock.lock();
        try {
            beginWrite();
            if (sources == null) {
                output.write(b, off, len, writeTimeout, Stage.WRITE);
            } else {
                output.write(sources, writeTimeout, Stage.WRITE);
            }
            raw.writeIncomplete(output.hasKept());
        } catch (TransportException e) {
            throw closeIfFatal(e);
        } finally {
            writeLock.unlock();
        }
    }

    private void beginWrite() throws TransportException {
        requireOpen(Stage.WRITE);
        if (outputShut) {
            throw new TransportException(Stage.WRITE, Reason.CLOSED, "this side shut down the output");
        }
        raw.writeIncomplete(true);
    }

    /** Closes the socket, except after failures that leave the peer's data readable. */
    private TransportException closeIfFatal(TransportException e) {
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

    /** Waits for a write in progress. */
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

    /** Does not wait for the write lock, which a stuck writer holds. This releases the writer. */
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
     * Hands over the socket while no thread reads or writes. Afterwards this transport is closed, and the socket is open.
     *
     * @param unread bytes that were read, which the successor reads first
     * @param limit how long to wait for readers and writers; zero means no limit
     * @param successor run under the locks; it owns the socket from then on
     * @return false if a thread was still reading or writing at the end of that time; then nothing was done
     */
    public boolean handOver(ByteBuffer unread, Duration limit, Runnable successor) {
        Deadline deadline = Deadline.after(limit);
        if (!deadline.tryLock(readLock)) {
            return false;
        }
        try {
            if (!deadline.tryLock(writeLock)) {
                return false;
            }
            try {
                input.unread(unread);
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
            throw TransportException.closed(stage);
        }
    }

    @Override
    public void writeTimeout(Duration timeout) {
        writeTimeout = Deadline.forEach(timeout);
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

    /** Releases a reader at once, and a writer at the close timeout. */
    @Override
    public void close() {
        if (handedOver || closing) {
            return;
        }
        closing = true;
        boolean interrupted = Thread.interrupted();
        boolean locked = writeLock.tryLock();
        if (!locked) {
            releaseReader();
            locked = Deadline.tryLock(writeLock, Deadline.nanos(closeTimeout));
        }
        if (locked && output.hasKept()) {
            finishOutput();
        }
        raw.close();
        if (locked) {
            writeLock.unlock();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What is still kept then is lost, and the peer sees a reset. */
    private void finishOutput() {
        try {
            output.finish(Deadline.in(Math.max(1, Deadline.nanos(closeTimeout))), Stage.CLOSE);
            raw.writeIncomplete(false);
        } catch (TransportException e) {
            // The peer does not take it.
        }
    }

    private void releaseReader() {
        try {
            raw.shutdownInput(Stage.CLOSE);
        } catch (TransportException e) {
            // Closing the socket also releases it, after the write has ended.
        }
    }

    @Override
    public void abort() {
        if (!handedOver) {
            closing = true;
            raw.close();
        }
    }
}
