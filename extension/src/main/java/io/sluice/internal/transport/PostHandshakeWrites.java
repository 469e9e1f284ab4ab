package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What the engine answers to the peer's records, such as KeyUpdates. It stays pending until the next write, which is when a peer
 * may expect it (RFC 8446, 4.6.3): the reader never writes, because whether a write blocks cannot be known of a blocking socket.
 * If an application never writes, a short-lived thread writes what has accumulated.
 */
final class PostHandshakeWrites implements TlsReader.Answers {
    private static final AtomicIntegerFieldUpdater<PostHandshakeWrites> SENDING =
            AtomicIntegerFieldUpdater.newUpdater(PostHandshakeWrites.class, "sending");

    /** Bytes that wait for the application's next write: some 25 answers. */
    private static final int MANY = 1024;

    /** Bytes that wait for a peer that asks and does not read: some 26,000 answers, two gigabytes if it rekeys every 64 KiB. */
    private static final int MOST = 1 << 20;

    private final TlsWriter writer;
    private final ReentrantLock writing;
    private final Runnable send;
    private volatile Timeout writeTimeout = Timeout.NONE;
    /** 1 while a thread writes what waits. */
    @SuppressWarnings("UnusedVariable") // The updater reads it.
    private volatile int sending;

    /**
     * Answers of one connection.
     *
     * @param writer what goes out
     * @param writing its lock
     * @param send writes what waits, under the lock, and deals with failures
     */
    PostHandshakeWrites(TlsWriter writer, ReentrantLock writing, Runnable send) {
        this.writer = writer;
        this.writing = writing;
        this.send = send;
    }

    /** How long the application's writes may take, and what goes with them. */
    void writeTimeout(Timeout timeout) {
        writeTimeout = timeout;
    }

    Timeout writeTimeout() {
        return writeTimeout;
    }

    @Override
    public void offer() throws TransportException {
        int waiting = writer.gather(Stage.READ);
        if (waiting > MOST) {
            throw new TransportException(
                    Stage.READ,
                    Reason.PROTOCOL_ABUSE,
                    "the peer keeps asking for new keys and does not read the answers: " + waiting
                            + " bytes are waiting",
                    null);
        }
        if (waiting > MANY && !writing.isLocked() && SENDING.compareAndSet(this, 0, 1)) {
            start();
        }
    }

    /** A writer at work takes along what waits. Without a thread, it waits on. */
    private void start() {
        boolean started = false;
        try {
            Thread thread = new Thread(null, this::run, "sluice-key-update", 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(null);
            thread.start();
            started = true;
        } catch (OutOfMemoryError e) {
            // The system has no more threads: the next write takes it along, or another attempt does.
        } finally {
            if (!started) {
                sending = 0;
            }
        }
    }

    private void run() {
        try {
            send.run();
        } finally {
            sending = 0;
        }
    }
}
