package io.sluice.internal.transport;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Stage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The engine's responses to the peer's records, such as KeyUpdates. They wait for the next write (RFC 8446, 4.6.3). The reader wraps them, but
 * never sends, because a write to a blocking socket may block. If the application never writes, a short-lived thread sends them. Not
 * thread-safe: the read lock guards it.
 */
final class TlsResponses implements TlsInput.Responses {
    private static final AtomicIntegerFieldUpdater<TlsResponses> SENDING =
            AtomicIntegerFieldUpdater.newUpdater(TlsResponses.class, "sending");

    /** The number of bytes that may wait for the application's next write: some 25 responses. */
    private static final int MANY = 1024;

    /** The number of bytes that may wait for a peer that does not read: some 26,000 responses, or 2 GB if it rekeys every 64 KiB. */
    private static final int MOST = 1 << 20;

    private final TlsOutput output;
    private final ConnectionState state;
    private final ConnectionEnd end;
    /** 1 while a thread sends responses. */
    @SuppressWarnings("UnusedVariable") // The updater reads it.
    private volatile int sending;

    TlsResponses(TlsOutput output, ConnectionState state, ConnectionEnd end) {
        this.output = output;
        this.state = state;
        this.end = end;
    }

    /** An application that waits for an answer has no need of the array that it has written. */
    @Override
    public void waiting() {
        output.forgetArray();
    }

    /** Takes no write lock, so it never waits for the socket. */
    @Override
    public void respond() throws TransportException {
        int pending = output.wrapResponses();
        if (pending > MOST) {
            throw TransportException.violation(
                    Stage.READ,
                    "the peer keeps requesting new keys and does not read the responses: " + pending
                            + " bytes are pending");
        }
        if (pending > MANY && !output.lock().isLocked() && SENDING.compareAndSet(this, 0, 1)) {
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
            if (!state.isClosed() && state.enter()) {
                send();
            }
        } finally {
            sending = 0;
        }
    }

    private void send() {
        output.lock().lock();
        try {
            output.sendResponses();
        } catch (TransportException e) {
            end.afterWrite(e); // The application's next read or write reports the end.
        } catch (RuntimeException | Error e) {
            end.abort();
            throw e;
        } finally {
            output.lock().unlock();
            state.leave();
        }
    }
}
