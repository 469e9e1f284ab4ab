package io.sluice.stream;

import io.sluice.internal.Internal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The creation of a stream instance on the current thread. The constructor of {@link SocketStream} takes the connection, so that no
 * container has to look it up and inject it. Creations may be nested.
 *
 * @hidden
 */
@Internal
public final class InstanceCreation {

    private static final ThreadLocal<@Nullable InstanceCreation> CURRENT = new ThreadLocal<>();

    private final StreamConnection connection;
    private final Initargs initargs;
    private final Predicate<Class<?>> instances;
    private final @Nullable InstanceCreation outer;
    private boolean taken;

    private InstanceCreation(StreamConnection connection, Initargs initargs, Predicate<Class<?>> instances) {
        this.connection = connection;
        this.initargs = initargs;
        this.instances = instances;
        this.outer = CURRENT.get();
    }

    /**
     * Begins a creation. The caller ends it on the same thread.
     *
     * @param connection the connection of the instance
     * @param initargs the initargs of the instance
     * @param instances whether an object of a class is the instance, and not another stream or a proxy
     * @return the creation
     */
    public static InstanceCreation begin(
            StreamConnection connection, Initargs initargs, Predicate<Class<?>> instances) {
        InstanceCreation creation = new InstanceCreation(connection, initargs, instances);
        CURRENT.set(creation);
        return creation;
    }

    /** Ends the creation. */
    public void end() {
        if (outer == null) {
            CURRENT.remove();
        } else {
            CURRENT.set(outer);
        }
    }

    /**
     * Returns the innermost creation of the thread.
     *
     * @return the creation
     * @throws IllegalStateException if no stream is being created
     */
    public static InstanceCreation current() {
        InstanceCreation creation = CURRENT.get();
        if (creation == null) {
            throw new IllegalStateException("no stream is being created on this thread: a connection and assisted"
                    + " initargs are injected only into stream classes, by SocketStreamCreator.create and"
                    + " SocketStreamConnector.open");
        }
        return creation;
    }

    /** Gives the connection to the first object that is the instance. Null for any other object. */
    static @Nullable StreamConnection take(Class<?> created) {
        InstanceCreation creation = CURRENT.get();
        if (creation == null || creation.taken || !creation.instances.test(created)) {
            return null;
        }
        creation.taken = true;
        return creation.connection;
    }

    /**
     * Completes the creation.
     *
     * @param made the instance, or the object that the container has put in front of it
     * @param <S> the stream class
     * @return the same object, which has its connection
     * @throws IllegalStateException if no constructor of the instance has run
     */
    public <S extends SocketStream> S complete(S made) {
        if (!taken) {
            throw new IllegalStateException("the container has created a "
                    + made.getClass().getName() + " without its constructor, so it has no connection");
        }
        made.connectIfNew(connection);
        return made;
    }

    /**
     * Returns the connection of the instance.
     *
     * @return the connection
     */
    public StreamConnection connection() {
        return connection;
    }

    /**
     * Returns the initargs of the instance.
     *
     * @return the initargs
     */
    public Initargs initargs() {
        return initargs;
    }
}
