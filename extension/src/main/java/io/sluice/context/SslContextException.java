package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.jsse.RootCause;
import io.sluice.internal.settings.Problem;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Thrown if a context cannot be loaded, or has no usable key for the server side. The message names the context, the property and what to do. */
public class SslContextException extends GeneralSecurityException {

    private static final long serialVersionUID = 1L;

    private final String[] problems;
    private final transient List<Problem> propertyProblems;

    /**
     * A context that cannot be used.
     *
     * @param message what is wrong with which context, and what to do
     */
    public SslContextException(String message) {
        this(message, (Throwable) null);
    }

    /**
     * A context that cannot be used.
     *
     * @param message what is wrong with which context, and what to do
     * @param cause what was thrown, or null
     */
    public SslContextException(String message, @Nullable Throwable cause) {
        super(message, cause);
        problems = new String[0];
        propertyProblems = List.of();
    }

    /**
     * A context whose settings or material have problems.
     *
     * @param description the context, as its specifier describes itself
     * @param problems at least one problem; the message lists them all
     * @hidden
     */
    @Internal
    public SslContextException(String description, List<Problem> problems) {
        super(description + " cannot be loaded: "
                + problems.stream().map(Problem::message).collect(Collectors.joining(" ")));
        this.problems = problems.stream().map(Problem::message).toArray(String[]::new);
        this.propertyProblems = List.copyOf(problems);
    }

    /**
     * The same failure with a remark at the end of its message.
     *
     * @param failure the failure
     * @param remark what to add
     * @hidden
     */
    @Internal
    public SslContextException(SslContextException failure, String remark) {
        super(failure.getMessage() + remark, failure);
        problems = failure.problems;
        propertyProblems = failure.propertyProblems();
    }

    /**
     * A context that cannot be made.
     *
     * @param what what failed, with the context's name
     * @param cause the failure
     * @return the cause if it is such an exception already
     * @hidden
     */
    @Internal
    public static SslContextException wrap(String what, GeneralSecurityException cause) {
        return cause instanceof SslContextException known
                ? known
                : new SslContextException(what + ": " + RootCause.of(cause), cause);
    }

    /**
     * The problems of the settings and the material, one by one in the order found.
     *
     * @return a sentence or two for each: the property with its source, what is wrong, and what to do; empty if this exception has
     *     another cause
     */
    public List<String> problems() {
        return List.of(problems);
    }

    /**
     * The problems by their parts.
     *
     * @return the problems; empty too if this exception was deserialised
     * @hidden
     */
    @Internal
    @SuppressWarnings("NullAway")
    public List<Problem> propertyProblems() {
        return propertyProblems == null ? List.of() : propertyProblems;
    }
}
