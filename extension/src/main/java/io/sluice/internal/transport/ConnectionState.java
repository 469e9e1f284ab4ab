package io.sluice.internal.transport;

import io.sluice.internal.tls.TransportException;
import io.sluice.internal.tls.TransportException.Reason;
import io.sluice.internal.tls.TransportException.Stage;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * How far this side has ended a connection: as a whole by close or by its first failure, or one direction of it. It also counts the threads
 * that are inside, so that the engine is released exactly once, after the last one has left. Thread-safe.
 */
final class ConnectionState {
    private static final AtomicIntegerFieldUpdater<ConnectionState> BITS =
            AtomicIntegerFieldUpdater.newUpdater(ConnectionState.class, "bits");
    private static final AtomicReferenceFieldUpdater<ConnectionState, @Nullable TransportException> FAILURE =
            AtomicReferenceFieldUpdater.newUpdater(ConnectionState.class, TransportException.class, "failure");

    private static final int CLOSED = 1;
    /** A write was attempted after the connection was closed. */
    private static final int WRITE_REJECTED = 1 << 1;

    private static final int INPUT_SHUT = 1 << 2;
    private static final int INPUT_DISCARDED = 1 << 3;
    private static final int NO_MORE_USES = 1 << 4;
    private static final int RELEASED = 1 << 5;
    /** The bits from here count the threads inside. */
    private static final int USE = 1 << 6;

    private final Runnable release;
    private volatile int bits;
    private volatile @Nullable TransportException failure;
    private volatile @Nullable TransportException outputFailure;

    /** {@code release} is run once, after {@link #endUses} and when no thread is inside. */
    ConnectionState(Runnable release) {
        this.release = release;
    }

    private boolean is(int bit) {
        return (bits & bit) != 0;
    }

    private int set(int bit) {
        return BITS.accumulateAndGet(this, bit, (now, added) -> now | added);
    }

    /** Returns true for the first call, unless a failure came first. */
    boolean close() {
        int now = bits;
        while ((now & CLOSED) == 0) {
            if (BITS.compareAndSet(this, now, now | CLOSED)) {
                return true;
            }
            now = bits;
        }
        return false;
    }

    void fail(TransportException e) {
        if (FAILURE.compareAndSet(this, null, e)) {
            close();
        }
    }

    boolean isClosed() {
        return is(CLOSED);
    }

    void requireOpen(Stage stage) throws TransportException {
        if (isClosed()) {
            throw closedException(stage);
        }
    }

    void requireOpenForWrite() throws TransportException {
        if (isClosed()) {
            set(WRITE_REJECTED);
            throw closedException(Stage.WRITE);
        }
    }

    boolean writeRejected() {
        return is(WRITE_REJECTED);
    }

    void requireNotFailed(Stage stage) throws TransportException {
        if (failure != null) {
            throw closedException(stage);
        }
    }

    /** Returns the exception for a later call: the failure itself if the handshake failed, otherwise a closed connection. */
    TransportException closedException(Stage stage) {
        TransportException first = failure;
        if (first == null) {
            return TransportException.closed(stage);
        }
        if (first.stage() == Stage.HANDSHAKE) {
            return first.copy();
        }
        return new TransportException(
                stage, Reason.CLOSED, "an earlier failure ended the connection: " + first.getMessage(), first);
    }

    void shutInput() {
        set(INPUT_SHUT);
    }

    /** The input is shut, and what could still be read is discarded. */
    void discardInput() {
        set(INPUT_SHUT | INPUT_DISCARDED);
    }

    boolean isInputShut() {
        return is(INPUT_SHUT);
    }

    boolean isInputDiscarded() {
        return is(INPUT_DISCARDED);
    }

    /** No more ciphertext may be sent, because the peer's stream of records is incomplete. The first reason counts. */
    TransportException breakOutput(TransportException reason) {
        TransportException first = outputFailure;
        if (first == null) {
            outputFailure = reason;
            return reason;
        }
        return first;
    }

    /** Why no more ciphertext may be sent; null if it may. */
    @Nullable
    TransportException outputFailure() {
        return outputFailure;
    }

    /** Counts a thread as inside. Throws if the connection is closed; then there is nothing to leave. */
    void enter(Stage stage) throws TransportException {
        requireOpen(stage);
        if (!enter()) {
            throw closedException(stage);
        }
    }

    /** Counts a thread as inside. Returns false if no more may enter; then there is nothing to leave. */
    boolean enter() {
        if ((BITS.addAndGet(this, USE) & NO_MORE_USES) == 0) {
            return true;
        }
        leave();
        return false;
    }

    void leave() {
        releaseIfUnused(BITS.addAndGet(this, -USE));
    }

    /** No more thread may enter. */
    void endUses() {
        releaseIfUnused(set(NO_MORE_USES));
    }

    private void releaseIfUnused(int seen) {
        int now = seen;
        while (now < USE && (now & (NO_MORE_USES | RELEASED)) == NO_MORE_USES) {
            if (BITS.compareAndSet(this, now, now | RELEASED)) {
                release.run();
                return;
            }
            now = bits;
        }
    }
}
