package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The end of an established connection: one close_notify after the write in progress, or an alert. If the write has to be cut at the deadline,
 * no close_notify is sent, so that the peer can see the truncation. Then the peer gets time to read it: a socket that is closed with bytes
 * unread, or reached by bytes after that, answers with a reset, and a reset destroys what the peer has not received yet. Nothing here throws:
 * the connection ends either way.
 *
 * @param raw the socket
 * @param reader what has arrived
 * @param writer what is sent
 * @param locks the connection's locks
 * @param termination how the connection ends
 * @param limits how long a close may take
 */
record TlsClose(
        RawSocket raw, TlsReader reader, TlsWriter writer, TlsLocks locks, Termination termination, TlsLimits limits) {
    /** What may be decrypted and kept for later; a peer that sends more without end would fill the memory. */
    private static final int MAX_UNREAD = 1 << 20;

    private static final int CHUNK = 4096;

    /** A thread that writes in pieces continues at once with the next piece. */
    private static final long NEXT_PIECE_NANOS = 250_000_000;

    private static final long LOOK_NANOS = 1_000_000;

    Deadline deadline() {
        return Deadline.after(limits.closeTimeout());
    }

    /** A client of TLS 1.3 that never read may still expect the server's tickets. */
    void sendCloseNotify(boolean expectsTickets) {
        Deadline deadline = deadline();
        boolean waits = !locks.write().tryLock();
        if (waits && !TlsLocks.tryLock(locks.write(), deadline.nanosLeft())) {
            return;
        }
        try {
            if (!waits || !morePiecesWereRefused(deadline)) {
                closeNotify(deadline);
            }
        } finally {
            locks.write().unlock();
        }
        if (locks.read().tryLock()) {
            try {
                if (unheard(expectsTickets)) {
                    drain(deadline);
                }
            } finally {
                locks.read().unlock();
            }
        }
    }

    /** Whether the write that this close waited for was only one of several that its thread makes. */
    private boolean morePiecesWereRefused(Deadline deadline) {
        Deadline moment = Deadline.in(NEXT_PIECE_NANOS).min(deadline);
        while (!termination.writeRefused() && !moment.passed()) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return termination.writeRefused();
    }

    /** Says close_notify. The caller holds the write lock. */
    private void closeNotify(Timeout timeout) {
        try {
            writer.close(timeout, Stage.CLOSE);
        } catch (TransportException e) {
            // A peer that cannot be told goes untold.
        }
    }

    /**
     * Sends the alert that the failure requires, never close_notify: the peer must see that data may be missing. The caller holds both
     * locks.
     */
    void alert(Reason fault, Timeout timeout) {
        try {
            if (fault == Reason.PROTOCOL_ABUSE) {
                reader.forceAlert();
            }
            writer.sendAlerts(timeout, Stage.CLOSE);
        } catch (TransportException e) {
            // As above: the failure that brought us here is the one that counts.
        }
    }

    /** Says why the handshake was refused. The caller holds both locks. */
    void refusal(TransportException refused, Timeout timeout) {
        try {
            if (refused.reason() != Reason.TLS) {
                writer.flush(timeout, Stage.CLOSE);
                if (writer.isPlaintext()) {
                    sendInPlaintext(TlsAlert.refusal(refused), timeout);
                    return;
                }
                reader.forceAlert();
                reader.upset();
            }
            writer.sendRefusal(TlsAlert.refusal(refused), timeout, Stage.CLOSE);
        } catch (TransportException e) {
            // As above.
        } catch (RuntimeException e) {
            // An engine that has failed may fail again.
        }
    }

    /** The engine was not asked yet, or has nothing to say. */
    private void sendInPlaintext(int alert, Timeout timeout) throws TransportException {
        writer.sendInPlaintext(RecordHeader.clearAlert(alert), timeout, Stage.CLOSE);
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

    /**
     * Ends TLS on a connection that continues: close_notify both ways. Everything that arrived is put back in front of the raw socket: first the
     * decrypted bytes that nothing has read, then those after the peer's close_notify. The successor runs at the end, under both locks, when no
     * thread is inside the engine.
     */
    void detach(Runnable successor) throws TransportException {
        Deadline deadline = deadline();
        lock(locks.write(), deadline);
        try {
            writer.close(deadline, Stage.CLOSE);
        } finally {
            locks.write().unlock();
        }
        // A reader that waits leaves when the peer's close_notify comes.
        lock(locks.read(), deadline);
        try {
            byte[] unread = readToTheEnd(deadline);
            lock(locks.write(), deadline);
            try {
                reader.input().giveBack();
                raw.wire().unread(ByteBuffer.wrap(unread));
                successor.run();
            } finally {
                locks.write().unlock();
            }
        } finally {
            locks.read().unlock();
        }
    }

    private static void lock(ReentrantLock lock, Deadline deadline) throws TransportException {
        if (!TlsLocks.tryLock(lock, deadline.nanosLeft())) {
            if (Thread.currentThread().isInterrupted()) {
                throw new TransportException(Stage.CLOSE, Reason.INTERRUPTED, "the thread was interrupted", null);
            }
            throw new TransportException(
                    Stage.CLOSE, Reason.TIMEOUT, "another thread was still reading or writing at the deadline", null);
        }
    }

    private byte[] readToTheEnd(Deadline deadline) throws TransportException {
        ByteArrayOutputStream unread = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        int n = read(chunk, deadline);
        while (n >= 0) {
            unread.write(chunk, 0, n);
            if (unread.size() > MAX_UNREAD) {
                throw new TransportException(
                        Stage.CLOSE,
                        Reason.PROTOCOL_ABUSE,
                        "the peer went on sending: more than " + MAX_UNREAD + " bytes came before its close_notify",
                        null);
            }
            n = read(chunk, deadline);
        }
        return unread.toByteArray();
    }

    private int read(byte[] chunk, Deadline deadline) throws TransportException {
        if (deadline.passed()) {
            throw late(null);
        }
        try {
            return reader.read(chunk, 0, chunk.length, deadline::soTimeout, new AfterClose());
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? late(e) : e;
        }
    }

    private static TransportException late(@Nullable Throwable cause) {
        return new TransportException(
                Stage.CLOSE, Reason.TIMEOUT, "the peer did not answer close_notify until the deadline", cause);
    }

    /** Nothing may be written behind our close_notify. */
    private record AfterClose() implements TlsReader.Answers {
        @Override
        public void offer() {}
    }
}
