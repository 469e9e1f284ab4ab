package io.sluice.internal.client;

import io.sluice.client.MessageClient;
import io.sluice.message.FrameCodec;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.util.Objects;

/** Sends one request at a time on each connection of a pool. */
final class PooledMessageClient<M> implements MessageClient<M> {

    private final ConnectionPool<SocketStream> pool;
    private final ConnectionSource<SocketStream> source;
    private final FrameCodec<M> codec;

    PooledMessageClient(ConnectionPool<SocketStream> pool, ConnectionSource<SocketStream> source, FrameCodec<M> codec) {
        this.pool = pool;
        this.source = source;
        this.codec = codec;
    }

    /** An exchange of messages on one connection. */
    private interface Exchange<M, T> {
        T with(FrameExchange<M> frames) throws SocketStreamException;
    }

    @Override
    public M request(M request) throws SocketStreamException {
        Objects.requireNonNull(request, "request");
        return exchange(frames -> {
            long deadline =
                    System.nanoTime() + source.settings().timeouts().reply().toNanos();
            frames.write(request);
            M reply = frames.read(deadline);
            if (frames.hasRest()) {
                throw new SocketStreamException(
                        Kind.FRAME_INVALID,
                        "client '" + source.settings().name()
                                + "': the server sent more than one reply to a request. Use"
                                + " shared with a CorrelatedCodec if its replies are numbered");
            }
            return reply;
        });
    }

    @Override
    public void send(M message) throws SocketStreamException {
        Objects.requireNonNull(message, "message");
        exchange(frames -> {
            frames.write(message);
            return message;
        });
    }

    private <T> T exchange(Exchange<M, T> exchange) throws SocketStreamException {
        ConnectionPool.Place<SocketStream> place = pool.take();
        boolean complete = false;
        try {
            T result = exchange.with(
                    place.connection().attachment(stream -> new FrameExchange<>(stream, codec, source.settings())));
            complete = true;
            return result;
        } finally {
            pool.giveBack(place, complete);
        }
    }
}
