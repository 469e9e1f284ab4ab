package io.sluice.message;

import java.util.Optional;

/**
 * A codec of a protocol whose replies say which request they answer, so that several requests can be under way on one connection. Replies
 * may arrive in any order.
 *
 * @param <M> the type of the messages
 */
public interface CorrelatedCodec<M> extends FrameCodec<M> {

    /**
     * Gives what a request and its reply have in common, such as a message number.
     *
     * @param message a request that is about to be sent, or a message that has arrived
     * @return a value with {@code equals} and {@code hashCode}; empty if the message is neither a request nor a reply
     */
    Optional<Object> correlation(M message);
}
