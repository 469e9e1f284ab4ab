package io.sluice.server;

import io.sluice.internal.transport.Readiness;
import io.sluice.message.FrameException;
import io.sluice.message.FrameTooLongException;
import io.sluice.stream.SocketStream;
import io.sluice.stream.SocketStreamException;
import io.sluice.stream.SocketStreamException.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a server of messages. One thread at most owns it at a time: the loop's thread while it receives, and a thread of the
 * server while that creates the stream, handles a message or ends the connection. In between the connection is parked. Only the owner uses
 * the fields, and passes them on through the {@link Parking} or the executor.
 */
final class MessageConnection<S extends SocketStream, M>
        implements Readiness.Listener, StepQueue.Step, MessageHandler.Replies {

    /** The number of messages that a thread handles before other connections get their turn. */
    private static final int MOST_AT_ONCE = 32;

    /** What the next thread of the server does. */
    private enum Step {
        OPEN,
        HANDSHAKE,
        HANDLE,
        /** The result of a handler's stage is there. */
        REPLY,
        /** A reply has been sent to a slow peer. */
        RESUME,
        END
    }

    private final MessageService<S, M> service;
    private final ServerConnection connection;
    private final Parking parking;
    private final long accepted = System.nanoTime();
    private Step step = Step.OPEN;
    /** Null until the stream exists. */
    private @Nullable Conversation<S, M> conversation;

    private @Nullable Throwable failure;
    /** Of a handler's stage. */
    private @Nullable Object result;

    private boolean inFrame;
    private boolean ended;

    MessageConnection(MessageService<S, M> service, ServerConnection connection, Readiness readiness) {
        this.service = service;
        this.connection = connection;
        this.parking = new Parking(readiness, service.loop(), this, this::tooLate);
    }

    /** Waits for the first byte, or creates the stream at once. */
    void begin() {
        connection.whenFinishing(this::finish);
        Optional<Duration> firstByte = service.handler().waitForFirstByte();
        if (firstByte.isEmpty() || connection.acceptedSocket().hasUnread()) {
            execute(Step.OPEN);
        } else {
            parking.deadline(firstByte.get());
            parking.untilReadable(true);
            finishIfAsked();
        }
    }

    private void execute(Step next) {
        step = next;
        service.execute(this);
    }

    private void end(@Nullable Throwable reason) {
        failure = reason;
        execute(Step.END);
    }

    @Override
    public void rejected(Throwable reason) {
        if (failure == null && step != Step.END) {
            failure = reason;
        }
        connection.abort();
        finishNow();
    }

    /** Called by the loop. */
    @Override
    public void readable() {
        Conversation<S, M> known = conversation;
        if (known == null) {
            execute(Step.OPEN);
        } else if (known.intake().needsHandshake()) {
            execute(Step.HANDSHAKE);
        } else if (isComplete(known, true, true)) {
            execute(Step.HANDLE);
        }
    }

    /** Called by the loop. */
    @Override
    public void writable() {
        Conversation<S, M> known = conversation;
        try {
            if (known == null || known.intake().flushDeferred()) {
                execute(Step.RESUME);
            } else {
                parking.untilWritable();
            }
        } catch (SocketStreamException e) {
            end(e);
        }
    }

    /** Another thread has closed the stream. */
    @Override
    public void closed() {
        end(null);
    }

    /** Called by the loop at the deadline. */
    private void tooLate() {
        Conversation<S, M> known = conversation;
        MessageLimits limits = service.handler().limits();
        if (known == null) {
            execute(Step.OPEN); // Its handshake has no time left, and reports that.
        } else if (known.intake().hasDeferred()) {
            end(known.intake()
                    .fault(Kind.WRITE_TIMEOUT, "the peer did not take a reply within the write timeout", null));
        } else if (inFrame) {
            String what = "a frame did not arrive completely within " + limits.frameTimeout() + " (frame-timeout)";
            end(known.intake().fault(Kind.FRAME_TIMEOUT, what, null));
        } else {
            String what = "nothing arrived for " + limits.idleTimeout() + " (idle-timeout)";
            end(known.intake().fault(Kind.IDLE_TIMEOUT, what, null));
        }
    }

    /** The server wants the connection to finish: it ends between two messages, and so at once if it waits for one. */
    private void finish() {
        if (!parking.take()) {
            return;
        }
        Conversation<S, M> known = conversation;
        if (known != null && known.intake().hasDeferred()) {
            parking.untilWritable();
        } else if (known != null && known.hasBegun()) {
            parking.untilReadable(true);
        } else {
            end(null);
        }
    }

    private void finishIfAsked() {
        if (connection.shouldFinish()) {
            finish();
        }
    }

    /**
     * Receives until a frame is complete, or nothing more has arrived. Then it parks the connection.
     *
     * @param arrived whether bytes have arrived on the socket
     * @param wait whether to park without looking once more
     * @return true if a frame is complete, and the caller still owns the connection
     */
    private boolean isComplete(Conversation<S, M> known, boolean arrived, boolean wait) {
        ReceivedFrames<M> frames = known.frames();
        boolean receives = arrived;
        boolean parks = wait;
        try {
            while (!frames.isComplete()) {
                if (receives || known.intake().holdsBytes()) {
                    int n = frames.receive();
                    if (n < 0) {
                        endOfStream(known);
                        return false;
                    }
                    receives = false;
                    if (n > 0) {
                        continue;
                    }
                    parks = true;
                }
                if (parkBetween(known, parks)) {
                    return false;
                }
                receives = true;
                parks = true;
            }
            return true;
        } catch (FrameTooLongException e) {
            end(known.intake().fault(Kind.FRAME_TOO_LONG, e.getMessage() + " (max-frame)", e));
        } catch (FrameException e) {
            end(known.intake().fault(Kind.FRAME_INVALID, String.valueOf(e.getMessage()), e));
        } catch (SocketStreamException | RuntimeException | Error e) {
            end(e);
        }
        return false;
    }

    private void endOfStream(Conversation<S, M> known) {
        String what = "the peer ended the connection within a frame";
        end(known.frames().isEmpty() ? null : known.intake().fault(Kind.PEER_CLOSED, what, null));
    }

    /** The time of a frame begins with its first byte. Returns false if bytes have arrived, and the caller does not want to wait. */
    private boolean parkBetween(Conversation<S, M> known, boolean wait) {
        known.trim();
        boolean begun = known.hasBegun();
        if (begun && !inFrame) {
            inFrame = true;
            parking.deadline(service.handler().limits().frameTimeout());
        }
        if (!parking.untilReadable(wait)) {
            return false;
        }
        finishIfAsked();
        return true;
    }

    /** A step of this connection on a thread of the server. */
    @Override
    public void run() {
        Thread.interrupted(); // An earlier interrupt was meant for another connection.
        Thread thread = Thread.currentThread();
        connection.setThread(thread);
        try {
            Conversation<S, M> known = conversation;
            if (step == Step.END) {
                finishNow();
            } else if (known == null) {
                open();
            } else {
                proceed(known);
            }
        } catch (Throwable t) {
            failure = t;
            finishNow();
        } finally {
            connection.clearThread(thread);
        }
    }

    private void open() throws Exception {
        connection.acceptedSocket().addWaited(Duration.ofNanos(System.nanoTime() - accepted));
        if (!service.server().isReady(connection)) {
            finishNow();
            return;
        }
        Conversation<S, M> begun = Conversation.over(service.handler().open(connection), service.handler());
        conversation = begun;
        waitForFrame();
        if (isComplete(begun, true, false)) {
            handle(begun);
        }
    }

    private void proceed(Conversation<S, M> known) throws Exception {
        switch (step) {
            case HANDLE -> handle(known);
            case REPLY -> reply(known);
            case RESUME -> resume(known);
            default -> {
                known.stream().handshake();
                if (isComplete(known, true, false)) {
                    handle(known);
                }
            }
        }
    }

    /** Handles the messages that have arrived, in their order. */
    private void handle(Conversation<S, M> known) throws Exception {
        for (int n = 1; ; n++) {
            M message;
            try {
                message = known.frames().next();
            } catch (FrameException e) {
                throw known.intake().fault(Kind.FRAME_INVALID, String.valueOf(e.getMessage()), e);
            }
            CompletionStage<?> pending = service.handler().handle(known.stream(), connection, message, this);
            if (pending != null) {
                replyLater(pending);
                return;
            }
            if (!mayHandleNext(known)) {
                return;
            }
            if (n == MOST_AT_ONCE) {
                execute(Step.HANDLE);
                return;
            }
        }
    }

    private void replyLater(CompletionStage<?> pending) {
        pending.whenComplete((value, thrown) -> {
            result = value;
            failure = thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
            execute(Step.REPLY);
        });
    }

    private void reply(Conversation<S, M> known) throws Exception {
        Object value = result;
        result = null;
        if (failure != null) {
            finishNow();
            return;
        }
        service.handler().complete(known.stream(), connection, value, this);
        resume(known);
    }

    private void resume(Conversation<S, M> known) throws Exception {
        if (mayHandleNext(known)) {
            handle(known);
        }
    }

    /** After a message: returns true if the next one has arrived. Otherwise the caller does not own the connection any more. */
    private boolean mayHandleNext(Conversation<S, M> known) throws SocketStreamException {
        known.frames().takeBack();
        if (!known.stream().isOpen()) {
            finishNow();
            return false;
        }
        if (known.intake().hasDeferred()) {
            parking.deadline(known.stream().writeTimeout());
            parking.untilWritable();
            return false;
        }
        waitForFrame();
        return isComplete(known, false, false);
    }

    private void waitForFrame() {
        inFrame = false;
        parking.deadline(service.handler().limits().idleTimeout());
    }

    @Override
    public void send(ByteBuffer... frame) throws SocketStreamException {
        Conversation<S, M> known = conversation;
        if (known == null) {
            throw new IllegalStateException("a reply needs a message");
        }
        known.intake().reply(known.stream(), frame);
    }

    private void finishNow() {
        if (ended) {
            return;
        }
        ended = true;
        parking.end();
        Throwable reason = failure;
        Conversation<S, M> known = conversation;
        if (known != null) {
            try {
                known.close(service.handler().codec(), reason);
            } catch (Throwable t) {
                reason = reason == null ? t : reason;
            }
        }
        service.ended(connection, reason);
    }
}
