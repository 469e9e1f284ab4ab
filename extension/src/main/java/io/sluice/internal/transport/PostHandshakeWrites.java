package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Stage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Sends the engine's responses to the peer's records, such as KeyUpdates. They stay pending until the next write (RFC 8446, 4.6.3). The
 * reader never writes, because a write to a blocking socket may block. If the application never writes, a short-lived thread writes the
 * pending responses.
 */
final class PostHandshakeWrites implements TlsReader.Responses {
    private static final AtomicIntegerFieldUpdater<PostHandshakeWrites> SENDING =
            AtomicIntegerFieldUpdater.newUpdater(PostHandshakeWrites.class, "sending");

    /** The number of bytes that may wait for the application's next write: some 25 responses. */
    private static final int MANY = 1024;

    /** The number of bytes that may wait for a peer that does not read: some 26,000 responses, or 2 GB if it rekeys every 64 KiB. */
    private static final int MOST = 1 << 20;

    private final TlsWriter writer;
    private final ReentrantLock writing;
    private final Runnable send;
    private volatile Timeout writeTimeout = Timeout.NONE;
    /** 1 while a thread writes the pending responses. */
    @SuppressWarnings("UnusedVariable") // The updater reads it.
    private volatile int sending;

    /**
     * Creates the responses of one connection.
     *
     * @param writer the output
     * @param writing the writer's lock
     * @param send writes the pending responses under the lock, and handles failures
     */
    PostHandshakeWrites(TlsWriter writer, ReentrantLock writing, Runnable send) {
        this.writer = writer;
        this.writing = writing;
        this.send = send;
    }

    /** Sets the limit for the application's writes and the responses that are sent with them. */
    void writeTimeout(Timeout timeout) {
        writeTimeout = timeout;
    }

    Timeout writeTimeout() {
        return writeTimeout;
    }

    @Override
    public void gather() throws TransportException {
        int waiting = writer.gather(Stage.READ);
        if (waiting > MOST) {
            throw TransportException.violation(
                    Stage.READ,
                    "the peer keeps requesting new keys and does not read the responses: " + waiting
                            + " bytes are pending");
        }
        if (waiting > MANY && !writing.isLocked() && SENDING.compareAndSet(this, 0, 1)) {
            start();
        }
    }

    /** Starts a thread unless a writer is active, which also sends the responses. Without a thread, they stay pending. */
    private void start() {
        boolean started = false;
        try {
            DetachedThread.start("sluice-key-update", this::run);
            started = true;
        } catch (OutOfMemoryError e) {
            // The system has no more threads: the next write or the next attempt sends the responses.
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
