package io.sluice.stream;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a creation came to: a stream, or the condition that prevented it. Never both. Immutable; who holds an {@link
 * Opened} owns its stream and closes it.
 *
 * @param <S> the stream class asked for
 */
public sealed interface StreamResult<S extends SocketStream> {

    /**
     * A stream was made and is open.
     *
     * @param value the stream, now the caller's to close
     * @param <S> the stream class
     */
    record Opened<S extends SocketStream>(S value) implements StreamResult<S> {
        /**
         * Holds a stream.
         *
         * @param value the stream, not null
         */
        public Opened {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * A socket error prevented the stream; the socket is closed.
     *
     * @param reason the condition, with the stack of the failure
     * @param <S> the stream class
     */
    record Refused<S extends SocketStream>(SocketStreamException reason) implements StreamResult<S> {
        /**
         * Holds a condition.
         *
         * @param reason the condition, not null
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /**
     * Whether there is a stream.
     *
     * @return {@code true} for {@link Opened}
     */
    default boolean isOpened() {
        return this instanceof Opened;
    }

    /**
     * The stream, if one was made.
     *
     * @return the stream, the caller's to close, or empty for {@link Refused}
     */
    default Optional<S> stream() {
        return this instanceof Opened<S> opened ? Optional.of(opened.value()) : Optional.empty();
    }

    /**
     * The condition, if there is no stream.
     *
     * @return the condition, or empty for {@link Opened}
     */
    default Optional<SocketStreamException> condition() {
        return this instanceof Refused<S> refused ? Optional.of(refused.reason()) : Optional.empty();
    }

    /**
     * The stream, or the condition thrown.
     *
     * @return the stream, the caller's to close
     * @throws SocketStreamException the condition, for {@link Refused}
     */
    default S orElseThrow() throws SocketStreamException {
        if (this instanceof Opened<S> opened) {
            return opened.value();
        }
        throw ((Refused<S>) this).reason();
    }

    /**
     * Runs an action with the stream if there is one. It does not close the stream.
     *
     * @param action what to do with the stream
     */
    default void ifOpened(Consumer<? super S> action) {
        stream().ifPresent(action);
    }
}
