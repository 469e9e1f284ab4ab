package io.sluice.internal.transport;

import io.sluice.internal.tls.Inbound;
import io.sluice.internal.tls.ReceivedRecords;
import io.sluice.internal.tls.ReceivedRecords.Arrival;
import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/** Receives: waits on the socket for the bytes that {@link Inbound} needs. Not thread-safe: used under the read lock. */
final class TlsInput {
    /** Milliseconds to wait for the rest of a record with a borrowed buffer, which saves copying it twice. */
    private static final int LINGER = 20;
    /** Limits the number of readers that do so. The others hold only what has arrived. */
    private static final Semaphore LINGERING = new Semaphore(BufferPool.SLOTS);

    /** The SO_TIMEOUT of a read that need not wait, in milliseconds. */
    private static final int NO_WAIT = 1;

    private final Inbound in;
    private final ReceivedRecords records;
    private final SocketInput socket;
    /** Covers receiving. */
    private final ReentrantLock lock = new ReentrantLock();

    TlsInput(Inbound in, SocketInput socket) {
        this.in = in;
        this.records = in.records();
        this.socket = socket;
    }

    ReentrantLock lock() {
        return lock;
    }

    /** Takes the lock, if that is possible before a read would have to give up. */
    void lock(ReadWait wait, ConnectionEnd end) throws TransportException {
        try {
            wait.lock(lock);
        } catch (TransportException e) {
            throw end.afterRead(e);
        }
    }

    /** The engine's responses to the peer's requests. */
    interface Responses {
        /** Wraps and keeps the responses, to be written later. Never waits. */
        void respond() throws TransportException;

        /** The reader waits, perhaps for long. */
        default void waiting() {}
    }

    /** Waits for data. Returns the number of bytes, or -1 at the clean end of the stream. */
    int read(ByteBuffer target, ReadWait wait, Responses responses) throws TransportException {
        while (true) {
            int n = in.read(target);
            if (in.wantsResponse()) {
                respond(responses, n > 0);
            } else if (n == Inbound.NO_DATA) {
                responses.waiting();
                if (!fill(wait.soTimeout(), Stage.READ)) {
                    in.endOfStream();
                }
            }
            if (n != Inbound.NO_DATA) {
                return n;
            }
        }
    }

    /** Reads what has arrived, and never waits. Returns 0 if there is no data. */
    int readNow(ByteBuffer target, Responses responses) throws TransportException {
        while (true) {
            int n = in.read(target);
            if (in.wantsResponse()) {
                respond(responses, n > 0);
            } else if (n == Inbound.NO_DATA) {
                int filled = fillNow();
                if (filled == 0) {
                    return 0;
                }
                if (filled < 0) {
                    in.endOfStream();
                }
            }
            if (n != Inbound.NO_DATA) {
                return n;
            }
        }
    }

    private int fillNow() throws TransportException {
        ByteBuffer room = records.room(Arrival.ARRIVED);
        try {
            return socket.readNow(room, Stage.READ);
        } finally {
            records.received();
        }
    }

    /** Gives back what a wait does not need, unless another thread reads. */
    void trim() {
        if (lock.tryLock()) {
            try {
                in.trim();
                records.room(Arrival.AWAITED);
                records.received();
            } finally {
                lock.unlock();
            }
        }
    }

    private void respond(Responses responses, boolean delivering) throws TransportException {
        try {
            responses.respond();
        } catch (TransportException e) {
            if (!delivering) {
                throw e;
            }
            in.defer(e);
        }
    }

    /** Decrypts what has arrived, and returns the number of decrypted bytes; 0 if another thread reads. A failure is deferred to the next read. */
    int available(Responses responses) {
        if (!lock.tryLock()) {
            return 0;
        }
        try {
            decryptArrived(responses);
            return in.decrypted();
        } finally {
            lock.unlock();
        }
    }

    private void decryptArrived(Responses responses) {
        try {
            while (in.awaitsData() && (in.decryptArrived() || socket.available() > 0 && fill(NO_WAIT, Stage.READ))) {
                if (in.wantsResponse()) {
                    respond(responses, in.decrypted() > 0);
                }
            }
        } catch (TransportException e) {
            if (e.reason() != Reason.TIMEOUT) {
                in.defer(e);
            }
        }
    }

    /** Waits for more bytes, with an SO_TIMEOUT; 0 means no limit. Returns false at the end of the TCP stream. A timeout loses nothing. */
    boolean fill(int timeout, Stage stage) throws TransportException {
        boolean arrived = records.dependsOnArrival() && socket.available() > 0;
        if (arrived || !lingers(stage)) {
            return receive(arrived ? Arrival.ARRIVED : Arrival.AWAITED, timeout, stage);
        }
        try {
            return receive(Arrival.IMMINENT, timeout == 0 ? LINGER : Math.min(timeout, LINGER), stage);
        } catch (TransportException e) {
            if (e.reason() != Reason.TIMEOUT) {
                throw e;
            }
            if (timeout != 0 && timeout <= LINGER) {
                records.room(Arrival.AWAITED);
                records.received();
                throw e;
            }
        } finally {
            LINGERING.release();
        }
        return receive(Arrival.AWAITED, timeout == 0 ? 0 : timeout - LINGER, stage);
    }

    /** Whether to wait with a borrowed buffer first; then {@link #LINGERING} must be released. A handshake does not justify the timed read. */
    private boolean lingers(Stage stage) {
        return stage == Stage.READ && records.isWithinRecord() && LINGERING.tryAcquire();
    }

    private boolean receive(Arrival arrival, int timeout, Stage stage) throws TransportException {
        ByteBuffer room = records.room(arrival);
        try {
            if (room.isDirect()) {
                // What has arrived need not be waited for, which would take further system calls.
                int wait = arrival == Arrival.ARRIVED ? 0 : timeout;
                return socket.read(room, records.scratch(), wait, stage) >= 0;
            }
            int most = socket.atOnce(room.remaining());
            int n = socket.read(room.array(), room.position(), most, timeout, stage);
            room.position(room.position() + Math.max(0, n));
            return n >= 0;
        } finally {
            records.received();
        }
    }

    boolean mustWait() {
        return socket.available() == 0;
    }

    /** Whether unread bytes may have arrived, so that closing the socket would reset the connection. */
    boolean hasUnread() {
        return !in.isEnded() && (in.hasUnread() || socket.available() > 0);
    }

    /** Pushes the bytes after the last record back to the socket. */
    void pushBack() {
        socket.unread(records.remaining());
    }
}
