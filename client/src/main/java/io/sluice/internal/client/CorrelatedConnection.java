package io.sluice.internal.client;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sluice.message.CorrelatedCodec;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A connection with the requests of several callers. There is no thread of its own: one of the callers that wait reads for all, until its own
 * reply has arrived; then another one goes on. Thread-safe.
 *
 * @param <M> the type of the messages
 */
final class CorrelatedConnection<M> {

    /** A request that waits for its reply. */
    private static final class Waiting<M> {
        private Optional<M> reply = Optional.empty();
    }

    private final ConnectionSource<SocketStream> source;
    private final Connection<SocketStream> connection;
    private final CorrelatedCodec<M> codec;
    private final FrameExchange<M> frames;
    private final ReentrantLock writes = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    @GuardedBy("lock")
    private final Map<Object, Waiting<M>> waiting = new HashMap<>();

    @GuardedBy("lock")
    private int users;

    @GuardedBy("lock")
    private boolean reading;

    @GuardedBy("lock")
    private Optional<Discard> retired = Optional.empty();

    @GuardedBy("lock")
    private Optional<SocketStreamException> failure = Optional.empty();

    CorrelatedConnection(
            ConnectionSource<SocketStream> source, Connection<SocketStream> connection, CorrelatedCodec<M> codec) {
        this.source = source;
        this.connection = connection;
        this.codec = codec;
        this.frames = new FrameExchange<>(connection.stream(), codec, source.settings());
    }

    /** Joins the callers. False if the connection takes no more; the last of its callers closes it. */
    boolean enter() {
        lock.lock();
        try {
            Optional<Discard> defect =
                    users == 0 && !reading ? source.defectBeforeUse(connection) : source.defect(connection);
            if (retired.isEmpty() && (failure.isPresent() || defect.isPresent())) {
                retired = failure.isPresent() ? Optional.of(Discard.FAILED) : defect;
            }
            if (retired.isPresent()) {
                closeIfUnused();
                return false;
            }
            users++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            users--;
            connection.used();
            closeIfUnused();
        } finally {
            lock.unlock();
        }
    }

    /** Looks for a defect while nobody uses the connection. */
    void evict() {
        lock.lock();
        try {
            if (users == 0 && retired.isEmpty()) {
                retired = source.defect(connection);
                closeIfUnused();
            }
        } finally {
            lock.unlock();
        }
    }

    boolean isOpen() {
        return connection.isOpen();
    }

    int users() {
        lock.lock();
        try {
            return users;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private void closeIfUnused() {
        if (users == 0) {
            retired.ifPresent(why -> source.close(connection, why));
        }
    }

    void send(M message) throws SocketStreamException {
        try {
            if (!writes.tryLock(source.settings().pool().maxWait().toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SocketStreamException(
                        Kind.POOL_TIMEOUT,
                        "client '" + source.settings().name() + "': other callers have been writing to the shared"
                                + " connection for max-wait. Check why the server does not read");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            frames.write(message);
        } catch (SocketStreamException e) {
            fail(e);
            throw e;
        } finally {
            writes.unlock();
        }
    }

    M request(Object correlation, M request, long deadline) throws SocketStreamException {
        Waiting<M> own = new Waiting<>();
        lock.lock();
        try {
            if (waiting.putIfAbsent(correlation, own) != null) {
                throw new IllegalArgumentException(
                        "client '" + source.settings().name() + "': another request with the correlation '"
                                + correlation + "' waits for its reply");
            }
        } finally {
            lock.unlock();
        }
        try {
            send(request);
            return await(own, deadline);
        } catch (SocketStreamException e) {
            // The server may have lost the request, or be out of reach: later requests use another connection.
            retire();
            throw e;
        } finally {
            lock.lock();
            try {
                waiting.remove(correlation);
            } finally {
                lock.unlock();
            }
        }
    }

    private M await(Waiting<M> own, long deadline) throws SocketStreamException {
        lock.lock();
        try {
            while (own.reply.isEmpty()) {
                if (failure.isPresent()) {
                    throw new SocketStreamException(
                            failure.get().kind(), String.valueOf(failure.get().getMessage()), failure.get());
                }
                if (!reading) {
                    readOne(deadline);
                } else if (changed.awaitNanos(deadline - System.nanoTime()) <= 0 && own.reply.isEmpty()) {
                    throw frames.noReply(null);
                }
            }
            return own.reply.get();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            lock.unlock();
        }
    }

    /** Reads for all. The lock is not held meanwhile. A message that nobody waits for is dropped: its caller has given up. */
    @GuardedBy("lock")
    private void readOne(long deadline) throws SocketStreamException {
        reading = true;
        lock.unlock();
        try {
            M message = frames.read(deadline);
            deliver(message);
        } catch (SocketStreamException e) {
            if (e.kind() != Kind.READ_TIMEOUT || !connection.isOpen()) {
                fail(e);
            }
            throw e;
        } finally {
            lock.lock();
            reading = false;
            changed.signalAll();
        }
    }

    private void deliver(M message) {
        Optional<Object> correlation = codec.correlation(message);
        lock.lock();
        try {
            correlation.map(waiting::get).ifPresent(request -> request.reply = Optional.of(message));
        } finally {
            lock.unlock();
        }
    }

    private void retire() {
        lock.lock();
        try {
            if (retired.isEmpty()) {
                retired = Optional.of(Discard.FAILED);
            }
        } finally {
            lock.unlock();
        }
    }

    private void fail(SocketStreamException condition) {
        lock.lock();
        try {
            if (failure.isEmpty()) {
                failure = Optional.of(condition);
                source.close(connection, Discard.FAILED);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private SocketStreamException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SocketStreamException(
                Kind.INTERRUPTED,
                "client '" + source.settings().name() + "': the thread was interrupted while it waited for a reply",
                e);
    }
}
