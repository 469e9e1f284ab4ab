package io.sluice.internal.transport;

import io.sluice.internal.transport.TransportException.Reason;
import io.sluice.internal.transport.TransportException.Stage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The orderly end of TLS on a connection that goes on: close_notify both ways, and everything that came is put back in front of
 * the raw socket, the decrypted bytes that nobody has read first, those behind the peer's close_notify next.
 *
 * @param raw the socket
 * @param reader what has come
 * @param writer what goes out
 * @param locks the connection's
 */
record TlsDetach(RawSocket raw, TlsReader reader, TlsWriter writer, TlsLocks locks) {
    /** What may be decrypted and kept for later; a peer that sends more without end would fill the memory. */
    private static final int MAX_UNREAD = 1 << 20;

    private static final int CHUNK = 4096;

    /** Runs {@code successor} at the end, under both locks: nobody is inside the engine then. */
    void run(Deadline deadline, Runnable successor) throws TransportException {
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
