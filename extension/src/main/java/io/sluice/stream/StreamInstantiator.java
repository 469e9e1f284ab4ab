package io.sluice.stream;

import io.sluice.internal.Internal;

/**
 * Makes instances of stream classes: the container's part of a creation. Thread-safe.
 *
 * @hidden
 */
@Internal
public interface StreamInstantiator {

    /**
     * Checks that an instance can be made, before any byte is exchanged.
     *
     * @param streamClass the class asked for
     * @param initargs the arguments for it
     * @throws IllegalArgumentException if the class cannot be made, or an argument is missing, of the wrong type or taken
     *     by nothing
     */
    void check(Class<? extends SocketStream> streamClass, Initargs initargs);

    /**
     * Makes an instance. If that fails, whatever was made for it is destroyed already.
     *
     * @param streamClass a class that was checked
     * @param connection the connection to inject
     * @param initargs the arguments to inject
     * @param <S> the stream class
     * @return the instance and its end
     * @throws SocketStreamException a condition that the stream class threw
     * @throws Throwable anything else that it threw, as it was thrown
     */
    <S extends SocketStream> Made<S> make(Class<S> streamClass, StreamConnection connection, Initargs initargs)
            throws Throwable;

    /**
     * An instance.
     *
     * @param stream the instance
     * @param destroy what to run once when it has been closed: the connection's scope, pre-destroy, dependent objects
     * @param activation makes its connection the current one of a thread
     * @param <S> the stream class
     */
    record Made<S extends SocketStream>(S stream, Runnable destroy, ConnectionActivation activation) {}
}
