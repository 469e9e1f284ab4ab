package io.sluice.internal.metrics;

import io.sluice.stream.SocketStreamException;

/** The values of {@code error.type}: a closed set, whatever a peer does or an application throws. */
public final class ErrorTypes {

    /** What OpenTelemetry names everything that has no name of its own. */
    public static final String OTHER = "_OTHER";

    private ErrorTypes() {}

    /**
     * The type of a failure.
     *
     * @param failure a condition or another exception
     * @return the kind of a condition, otherwise {@link #OTHER}
     */
    public static String of(Throwable failure) {
        return failure instanceof SocketStreamException condition
                ? condition.kind().name()
                : OTHER;
    }
}
