package io.sluice.it.support;

import io.sluice.stream.Initarg;
import java.util.stream.Stream;

/** The ways in which a caller chooses whether socket errors are thrown. */
public enum ErrorpSource {
    ANNOTATED_FALSE(false, false),
    ANNOTATED_TRUE(true, true),
    CALL_SAYS_TRUE(false, true),
    CALL_SAYS_FALSE(true, false);

    public final boolean annotated;
    final boolean thrown;

    ErrorpSource(boolean annotated, boolean thrown) {
        this.annotated = annotated;
        this.thrown = thrown;
    }

    /** Returns the initargs of the call, with the one that this way needs. */
    public Initarg[] added(Initarg... initargs) {
        return annotated == thrown
                ? initargs
                : Stream.concat(Stream.of(initargs), Stream.of(Initarg.errorp(thrown)))
                        .toArray(Initarg[]::new);
    }
}
