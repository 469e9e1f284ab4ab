package io.sluice.internal.transport;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Whether a non-blocking channel can be read or written. A connection that waits for its peer is parked here without a thread: its listener
 * is called when bytes arrive. A thread that needs more bytes in the middle of a call waits here, like in a blocking read. Thread-safe.
 */
public final class Readiness {

    /** Is notified on the loop's thread, so it must not wait. */
    public interface Listener {

        /** Bytes or the end of the stream have arrived on a parked connection, which is not parked any more. */
        void readable();

        /** The channel can be written, after {@link #awaitWritableWithoutThread}. */
        void writable();

        /** A parked connection was closed on this side. It is not parked any more. */
        void closed();
    }

    private final ReadinessLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;

    @GuardedBy("this")
    private @Nullable Listener listener;

    @GuardedBy("this")
    private @Nullable Thread reader;

    @GuardedBy("this")
    private @Nullable Thread writer;

    @GuardedBy("this")
    private boolean parked;

    @GuardedBy("this")
    private boolean awaitsWritable;

    /** Bytes have arrived that nobody waits for. The channel is not selected for reading until somebody does. */
    @GuardedBy("this")
    private boolean suspended;

    @GuardedBy("this")
    private boolean closed;

    Readiness(ReadinessLoop loop, SocketChannel channel, SelectionKey key) {
        this.loop = loop;
        this.channel = channel;
        this.key = key;
    }

    /**
     * Parks the connection until bytes arrive.
     *
     * @param notified is notified once
     * @param wait whether to park even if bytes have arrived since the last call; the loop then notices them
     * @return false if bytes have arrived, so that the caller reads them first; nothing is done then
     */
    public boolean park(Listener notified, boolean wait) {
        synchronized (this) {
            if (suspended && !wait) {
                return false;
            }
            listener = notified;
            if (!closed) {
                parked = true;
                resume();
                return true;
            }
        }
        loop.execute(notified::closed);
        return true;
    }

    /**
     * Ends the parking, because the caller serves the connection now.
     *
     * @return false if it was not parked: somebody else serves it
     */
    public synchronized boolean unpark() {
        boolean was = parked || awaitsWritable;
        parked = false;
        awaitsWritable = false;
        return was;
    }

    /**
     * Lets the listener know when the channel can be written.
     *
     * @param notified is notified once, and also if the channel is closed
     */
    public void awaitWritableWithoutThread(Listener notified) {
        synchronized (this) {
            listener = notified;
            if (!closed) {
                awaitsWritable = true;
                select(SelectionKey.OP_WRITE);
                return;
            }
        }
        loop.execute(notified::closed);
    }

    /** Called by the loop's thread when the channel is ready. */
    void ready() {
        boolean readable = false;
        boolean writable = false;
        Listener notified;
        synchronized (this) {
            int operations = readyOperations();
            if ((operations & SelectionKey.OP_WRITE) != 0) {
                key.interestOpsAnd(~SelectionKey.OP_WRITE);
                writable = awaitsWritable;
                awaitsWritable = false;
                LockSupport.unpark(writer);
                writer = null;
            }
            if ((operations & SelectionKey.OP_READ) != 0) {
                readable = parked;
                parked = false;
                if (!readable) {
                    suspend();
                }
                LockSupport.unpark(reader);
                reader = null;
            }
            notified = listener;
        }
        if (notified != null && readable) {
            notified.readable();
        }
        if (notified != null && writable) {
            notified.writable();
        }
    }

    @GuardedBy("this")
    private int readyOperations() {
        try {
            return closed ? 0 : key.readyOps();
        } catch (CancelledKeyException e) {
            return 0;
        }
    }

    @GuardedBy("this")
    private void suspend() {
        suspended = true;
        key.interestOpsAnd(~SelectionKey.OP_READ);
    }

    @GuardedBy("this")
    private void resume() {
        if (suspended) {
            suspended = false;
            select(SelectionKey.OP_READ);
        }
    }

    private void select(int operation) {
        try {
            key.interestOpsOr(operation);
            loop.wake();
        } catch (CancelledKeyException e) {
            // The channel is closed, of which the waiting thread learns.
        }
    }

    /**
     * Waits on this thread until bytes or the end of the stream have arrived.
     *
     * @param timeout the longest wait in milliseconds; 0 means no limit
     * @return false if nothing has arrived in time
     * @throws IOException if the channel is closed, or the thread is interrupted, which closes the channel
     */
    boolean awaitReadable(int timeout) throws IOException {
        loop.requireOther();
        synchronized (this) {
            requireOpen();
            reader = Thread.currentThread();
            resume();
        }
        return await(true, timeout);
    }

    /** Waits on this thread until the channel can be written. */
    void awaitWritable() throws IOException {
        loop.requireOther();
        synchronized (this) {
            requireOpen();
            writer = Thread.currentThread();
            select(SelectionKey.OP_WRITE);
        }
        await(false, 0);
    }

    private boolean await(boolean reads, int timeout) throws IOException {
        long start = System.nanoTime();
        while (isWaiting(reads)) {
            long left = timeout == 0 ? Long.MAX_VALUE : timeout * 1_000_000L - (System.nanoTime() - start);
            if (left <= 0) {
                return !stopWaiting(reads);
            }
            LockSupport.parkNanos(this, left);
            if (Thread.currentThread().isInterrupted()) {
                stopWaiting(reads);
                channel.close();
                closed();
                throw new ClosedByInterruptException();
            }
        }
        synchronized (this) {
            requireOpen();
        }
        return true;
    }

    private synchronized boolean isWaiting(boolean reads) {
        return Thread.currentThread() == (reads ? reader : writer);
    }

    /** Returns false if the wait has ended already. */
    private synchronized boolean stopWaiting(boolean reads) {
        boolean waiting = isWaiting(reads);
        if (waiting && reads) {
            reader = null;
        } else if (waiting) {
            writer = null;
        }
        return waiting;
    }

    @GuardedBy("this")
    private void requireOpen() throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
    }

    /** Called after the channel was closed. The system closes its descriptor when the loop has noticed it. */
    void closed() {
        Listener notified = null;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (parked || awaitsWritable) {
                notified = listener;
            }
            parked = false;
            awaitsWritable = false;
            LockSupport.unpark(reader);
            LockSupport.unpark(writer);
            reader = null;
            writer = null;
        }
        if (notified != null) {
            loop.execute(notified::closed);
        } else {
            loop.wake();
        }
    }
}
