package io.sluice.internal.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The last words to the peer, and time for it to hear them: a socket that is closed with bytes unread, or reached by bytes
 * after that, answers with a reset, and a reset destroys what the peer has not received yet. Never throws: the connection
 * ends either way.
 */
final class ClosingAlerts {
    private final RawSocket raw;
    private final TlsReader reader;
    private final TlsWriter writer;

    ClosingAlerts(RawSocket raw, TlsReader reader, TlsWriter writer) {
        this.raw = raw;
        this.reader = reader;
        this.writer = writer;
    }

    /** Says close_notify. The caller holds the write lock. */
    void closeNotify(Timeout patience) {
        try {
            writer.close(patience, Stage.CLOSE);
        } catch (TransportException e) {
            // A peer that cannot be told goes untold.
        }
    }

    /**
     * Sends the alert that the failure requires, never close_notify: the peer must see that data may be missing. The caller holds both
     * locks.
     */
    void alert(Fault fault, Timeout patience) {
        try {
            if (fault == Fault.PROTOCOL_ABUSE) {
                reader.forceAlert();
            }
            writer.sayAlerts(patience, Stage.CLOSE);
        } catch (TransportException e) {
            // As above: the failure that brought us here is the one that counts.
        }
    }

    /** Says why the handshake was refused. The caller holds both locks. */
    void refusal(TransportException refused, Timeout patience) {
        try {
            if (refused.fault() != Fault.TLS) {
                writer.flush(patience, Stage.CLOSE);
                if (writer.inTheClear()) {
                    sayClearly(RefusalAlert.of(refused), patience);
                    return;
                }
                reader.forceAlert();
                reader.upset();
            }
            writer.sayRefusal(RefusalAlert.of(refused), patience, Stage.CLOSE);
        } catch (TransportException e) {
            // As above.
        } catch (RuntimeException e) {
            // An engine that has failed may fail again.
        }
    }

    /** The engine was not asked yet, or has nothing to say. */
    private void sayClearly(int alert, Timeout patience) throws TransportException {
        writer.sayClearly(RecordHeader.clearAlert(alert), patience, Stage.CLOSE);
    }

    /** Ends the output and discards what comes until the peer ends too. The caller holds the read lock. */
    void drain(Deadline deadline) {
        if (reader.ended() || deadline.passed()) {
            return;
        }
        ByteBuffer discarded = BufferPool.HEAP.take(BufferPool.CAPACITY);
        try {
            raw.socket().shutdownOutput();
            discard(discarded.array(), deadline);
        } catch (IOException e) {
            // A reset, the deadline, or a close from another thread: nothing is left to wait for.
        } finally {
            BufferPool.HEAP.give(discarded);
        }
    }

    private void discard(byte[] b, Deadline deadline) throws TransportException {
        int n = 0;
        while (n >= 0 && !deadline.passed()) {
            n = raw.wire().read(b, 0, b.length, deadline.soTimeout(), Stage.CLOSE);
        }
    }

    /**
     * Whether closing now could cost the peer what was written: bytes wait unread, or a TLS 1.3 client has written without
     * ever reading, so that the server's tickets are still to come. The caller holds the read lock.
     */
    boolean unheard(boolean expectsTickets) {
        return reader.unread() || expectsTickets && writer.wroteData() && !reader.anyData() && !reader.ended();
    }
}
