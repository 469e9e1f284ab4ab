package io.sluice.internal.client;

import io.sluice.client.MessageClient;
import io.sluice.message.CorrelatedCodec;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Sends the requests of all callers on one connection. Replies may come in any order. Thread-safe. */
final class SharedMessageClient<M> implements MessageClient<M> {

    private final ConnectionSource<SocketStream> source;
    private final CorrelatedCodec<M> codec;
    private final ReentrantLock opening = new ReentrantLock();
    private volatile Optional<CorrelatedConnection<M>> current = Optional.empty();

    SharedMessageClient(ConnectionSource<SocketStream> source, CorrelatedCodec<M> codec) {
        this.source = source;
        this.codec = codec;
    }

    @Override
    public M request(M request) throws SocketStreamException {
        Object correlation = codec.correlation(Objects.requireNonNull(request, "request"))
                .orElseThrow(() -> new IllegalArgumentException("client '"
                        + source.settings().name() + "': the request has no correlation, so no reply can be told to be"
                        + " its own. Use send for a message without a reply"));
        CorrelatedConnection<M> used = enter();
        try {
            long deadline =
                    System.nanoTime() + source.settings().timeouts().reply().toNanos();
            return used.request(correlation, request, deadline);
        } finally {
            used.leave();
        }
    }

    @Override
    public void send(M message) throws SocketStreamException {
        Objects.requireNonNull(message, "message");
        CorrelatedConnection<M> used = enter();
        try {
            used.send(message);
        } finally {
            used.leave();
        }
    }

    private CorrelatedConnection<M> enter() throws SocketStreamException {
        source.requireNotEnded();
        Optional<CorrelatedConnection<M>> known = current;
        if (known.isPresent() && known.get().enter()) {
            source.figures().countLent();
            return known.get();
        }
        lockOpening();
        try {
            if (current.isEmpty() || !current.get().enter()) {
                CorrelatedConnection<M> opened = new CorrelatedConnection<>(source, source.open(), codec);
                current = Optional.of(opened);
                if (!opened.enter()) {
                    source.requireNotEnded();
                    throw new SocketStreamException(
                            Kind.PEER_CLOSED,
                            "client '" + source.settings().name()
                                    + "': the connection ended as soon as it was open. Read the server's log for the reason");
                }
            }
            source.figures().countLent();
            return current.get();
        } finally {
            opening.unlock();
        }
    }

    private void lockOpening() throws SocketStreamException {
        try {
            if (!opening.tryLock(source.settings().pool().maxWait().toNanos(), TimeUnit.NANOSECONDS)) {
                source.figures().countTimeout();
                throw new SocketStreamException(
                        Kind.POOL_TIMEOUT,
                        "client '" + source.settings().name()
                                + "': the shared connection was not open within max-wait. Check whether the server takes"
                                + " connections. Otherwise set a longer "
                                + source.settings().property("max-wait"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketStreamException(
                    Kind.INTERRUPTED,
                    "client '" + source.settings().name()
                            + "': the thread was interrupted while it waited for a connection",
                    e);
        }
    }

    /** Closes the connection if nobody uses it and it is no longer good. */
    void evict() {
        current.ifPresent(CorrelatedConnection::evict);
    }

    /** The callers that use the connection. */
    int users() {
        return current.map(CorrelatedConnection::users).orElse(0);
    }
}
