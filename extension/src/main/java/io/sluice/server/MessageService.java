package io.sluice.server;

import io.sluice.internal.transport.AcceptedChannel;
import io.sluice.internal.transport.Readiness;
import io.sluice.internal.transport.ReadinessLoop;
import io.sluice.stream.SocketStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the connections of a server message by message: one thread waits for all of them, and threads of the server handle the messages.
 * Thread-safe.
 *
 * @param <S> the stream class
 * @param <M> the type of the messages
 */
final class MessageService<S extends SocketStream, M> implements ConnectionService {

    private final AcceptingServer server;
    private final MessageHandler<S, M> handler;
    private final StepQueue steps;
    private final ReadinessLoop loop;

    MessageService(
            AcceptingServer server, MessageHandler<S, M> handler, ConnectionThreads threads, ReadinessLoop loop) {
        this.server = server;
        this.handler = handler;
        this.steps = new StepQueue(threads.executor());
        this.loop = loop;
        loop.afterEachRound(steps::begin);
    }

    MessageHandler<S, M> handler() {
        return handler;
    }

    ReadinessLoop loop() {
        return loop;
    }

    AcceptingServer server() {
        return server;
    }

    @Override
    public boolean needsThread() {
        return false;
    }

    @Override
    public void serve(ServerConnection first) {
        for (@Nullable ServerConnection next = first; next != null; ) {
            next = begin(next) ? null : server.end(next);
        }
    }

    private boolean begin(ServerConnection connection) {
        try {
            Readiness readiness = loop.register((AcceptedChannel) connection.acceptedSocket());
            new MessageConnection<>(this, connection, readiness).begin();
            return true;
        } catch (IOException | RuntimeException | Error e) {
            connection.abort();
            server.reports().failed(connection, e);
            return false;
        }
    }

    /** A connection has ended, and its stream is closed. */
    void ended(ServerConnection connection, @Nullable Throwable reason) {
        if (reason == null) {
            server.reports().completed(connection);
        } else {
            connection.abort(); // First, because the report may need the descriptor.
            server.reports().failed(connection, reason);
        }
        @Nullable ServerConnection next = server.end(connection);
        if (next != null) {
            serve(next);
        }
    }

    /** Runs a step of a connection on a thread of the server. The loop requests a thread when it has looked at all connections. */
    void execute(MessageConnection<S, M> connection) {
        steps.add(connection);
        if (!loop.isOwnThread()) {
            steps.begin();
        }
    }
}
