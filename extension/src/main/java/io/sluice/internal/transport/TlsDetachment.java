package io.sluice.internal.transport;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Ends TLS on a connection that continues: both sides send close_notify. Everything that arrived is pushed back to the raw socket: first the
 * decrypted bytes that were not read, then those after the peer's close_notify.
 *
 * @param end the parts of the connection, and its end after a failure
 * @param deadline the time limit
 */
record TlsDetachment(ConnectionEnd end, Deadline deadline) {
    /** The number of decrypted bytes to keep. A peer that sends without end would fill the memory. */
    private static final int MAX_UNREAD = 1 << 20;

    private static final int CHUNK = 4096;

    /** Nothing may be written after this side's close_notify. */
    private static final TlsInput.Responses NO_RESPONSES = () -> {};

    /** The successor runs at the end, under both locks, when no thread is inside the engine. */
    void run(Runnable successor) throws TransportException {
        try {
            lock(end.output().lock());
            try {
                end.output().closeNotify(deadline, Stage.CLOSE);
            } finally {
                end.output().lock().unlock();
            }
            // A reader that waits returns when the peer's close_notify arrives.
            lock(end.input().lock());
            try {
                handOver(readToTheEnd(), successor);
            } finally {
                end.input().lock().unlock();
            }
        } catch (TransportException e) {
            throw end.afterDetach(e);
        }
    }

    private void handOver(byte[] unread, Runnable successor) throws TransportException {
        lock(end.output().lock());
        try {
            end.input().pushBack();
            end.raw().input().unread(ByteBuffer.wrap(unread));
            successor.run();
            end.state().close();
            end.state().endUses();
        } finally {
            end.output().lock().unlock();
        }
    }

    private void lock(ReentrantLock lock) throws TransportException {
        if (!deadline.tryLock(lock)) {
            if (Thread.currentThread().isInterrupted()) {
                throw TransportException.interrupted(Stage.CLOSE);
            }
            throw TransportException.timeout(
                    Stage.CLOSE, "another thread was still reading or writing at the deadline", null);
        }
    }

    private byte[] readToTheEnd() throws TransportException {
        ByteArrayOutputStream unread = new ByteArrayOutputStream();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        int n = read(chunk);
        while (n >= 0) {
            unread.write(chunk.array(), 0, n);
            if (unread.size() > MAX_UNREAD) {
                throw TransportException.violation(
                        Stage.CLOSE, "the peer sent more than " + MAX_UNREAD + " bytes before its close_notify");
            }
            n = read(chunk);
        }
        return unread.toByteArray();
    }

    private int read(ByteBuffer chunk) throws TransportException {
        if (deadline.passed()) {
            throw noAnswer(null);
        }
        ReadWait wait = new ReadWait();
        wait.deadline(deadline);
        try {
            return end.input().read(chunk.clear(), wait, NO_RESPONSES);
        } catch (TransportException e) {
            throw e.reason() == Reason.TIMEOUT ? noAnswer(e) : e;
        }
    }

    private static TransportException noAnswer(@Nullable Throwable cause) {
        return TransportException.timeout(
                Stage.CLOSE, "the peer did not answer close_notify before the deadline", cause);
    }
}
