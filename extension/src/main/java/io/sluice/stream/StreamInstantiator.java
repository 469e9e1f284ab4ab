package io.sluice.stream;

import io.sluice.internal.Internal;

/**
 * Creates instances of stream classes: the container's part of a creation. Thread-safe.
 *
 * @hidden
 */
@Internal
public interface StreamInstantiator {

    /**
     * Checks that an instance can be created, before any byte is exchanged.
     *
     * @param streamClass the requested class
     * @param initargs the initargs of the call
     * @throws IllegalArgumentException if the class cannot be instantiated, or an initarg is missing, of the wrong type or unknown
     *     to the class
     */
    void check(Class<? extends SocketStream> streamClass, Initargs initargs);

    /**
     * Creates an instance. If this fails, the objects created for it have been destroyed.
     *
     * @param streamClass a class that was checked
     * @param connection the connection of the instance
     * @param initargs the initargs to inject
     * @param <S> the stream class
     * @return the instance, with its destruction
     * @throws SocketStreamException a condition that the stream class threw
     * @throws Throwable any other exception of the stream class, unchanged
     */
    <S extends SocketStream> Made<S> make(Class<S> streamClass, StreamConnection connection, Initargs initargs)
            throws Throwable;

    /**
     * An instance. It makes its connection the current one of a thread.
     *
     * @param <S> the stream class
     */
    interface Made<S extends SocketStream> extends ConnectionActivation {

        /**
         * Returns the instance.
         *
         * @return the instance
         */
        S stream();

        /** Ends the connection's scope, calls {@code @PreDestroy} and destroys dependent objects. Called once, after the stream is closed. */
        void destroy();
    }
}
