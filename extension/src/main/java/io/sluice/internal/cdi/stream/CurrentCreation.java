package io.sluice.internal.cdi.stream;

import io.sluice.internal.cdi.container.ThreadBound;
import io.sluice.stream.Initargs;
import io.sluice.stream.StreamConnection;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.InjectionPoint;
import org.jspecify.annotations.Nullable;

/**
 * The creation whose instance the container is making on this thread, and the producer methods that give the instance what
 * belongs to it.
 */
@Vetoed
public final class CurrentCreation {

    private static final ThreadBound<CurrentCreation> CURRENT = new ThreadBound<>();

    private final @Nullable CurrentCreation outer;
    private final StreamConnection connection;
    private final Initargs initargs;

    private CurrentCreation(StreamConnection connection, Initargs initargs) {
        this.connection = connection;
        this.initargs = initargs;
        this.outer = CURRENT.bind(this);
    }

    static CurrentCreation enter(StreamConnection connection, Initargs initargs) {
        return new CurrentCreation(connection, initargs);
    }

    void leave() {
        CURRENT.restore(outer);
    }

    private static CurrentCreation current() {
        CurrentCreation creation = CURRENT.get();
        if (creation == null) {
            throw new IllegalStateException(
                    "no stream is being made on this thread: a connection and assisted initargs are"
                            + " injected only into stream classes, by SocketStreamCreator.create and SocketStreamConnector.open");
        }
        return creation;
    }

    /**
     * Produces the connection.
     *
     * @return the connection of the stream being made
     */
    public static StreamConnection connection() {
        return current().connection;
    }

    /**
     * Produces the initarg for a point.
     *
     * @param point an assisted point, checked before
     * @return the value, or an {@code Optional} of it where the point is one
     */
    public static Object assisted(InjectionPoint point) {
        AssistedPoint assisted = AssistedPoint.of(point);
        return assisted.injected(current().initargs);
    }
}
