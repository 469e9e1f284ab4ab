package io.sluice.stream;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The result of a creation: either a stream, or the condition (a socket error) that prevented it. Immutable. Thread-safe. The
 * holder of an {@link Opened} owns its stream and must close it.
 *
 * @param <S> the requested stream class
 */
public sealed interface StreamResult<S extends SocketStream> {

    /**
     * A stream was created and is open.
     *
     * @param stream the stream, which the caller must close
     * @param <S> the stream class
     */
    record Opened<S extends SocketStream>(S stream) implements StreamResult<S> {
        /**
         * Holds a stream.
         *
         * @param stream the stream, not null
         */
        public Opened {
            Objects.requireNonNull(stream, "stream");
        }
    }

    /**
     * A condition prevented the stream. The socket is closed.
     *
     * @param condition the condition, with the stack trace of the failure
     * @param <S> the stream class
     */
    record Failed<S extends SocketStream>(SocketStreamException condition) implements StreamResult<S> {
        /**
         * Holds a condition.
         *
         * @param condition the condition, not null
         */
        public Failed {
            Objects.requireNonNull(condition, "condition");
        }
    }

    /**
     * Returns whether there is a stream.
     *
     * @return {@code true} for {@link Opened}
     */
    default boolean isOpened() {
        return this instanceof Opened;
    }

    /**
     * Returns the stream, if one was created.
     *
     * @return the stream, which the caller must close; empty for {@link Failed}
     */
    default Optional<S> findStream() {
        return this instanceof Opened<S> opened ? Optional.of(opened.stream()) : Optional.empty();
    }

    /**
     * Returns the condition, if there is no stream.
     *
     * @return the condition; empty for {@link Opened}
     */
    default Optional<SocketStreamException> findCondition() {
        return this instanceof Failed<S> failed ? Optional.of(failed.condition()) : Optional.empty();
    }

    /**
     * Returns the stream, or throws the condition.
     *
     * @return the stream, which the caller must close
     * @throws SocketStreamException the condition, for {@link Failed}
     */
    default S orElseThrow() throws SocketStreamException {
        if (this instanceof Opened<S> opened) {
            return opened.stream();
        }
        throw ((Failed<S>) this).condition();
    }

    /**
     * Runs an action with the stream if there is one. The stream is not closed afterwards.
     *
     * @param action the action
     */
    default void ifOpened(Consumer<? super S> action) {
        findStream().ifPresent(action);
    }
}
