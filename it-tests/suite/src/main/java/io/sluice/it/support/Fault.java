package io.sluice.it.support;

import org.jspecify.annotations.Nullable;

/** What the next instance of a faulty stream class throws, and at which step of its making. */
public record Fault(Step step, Throwable thrown) {

    public enum Step {
        DEPENDENT,
        CONSTRUCTOR,
        INITIALIZER,
        POST_CONSTRUCT,
    }

    public static volatile @Nullable Fault planned;

    /** Throws when this is the step. */
    static void at(Step step) {
        Fault fault = planned;
        if (fault != null && fault.step == step) {
            throw Fault.<RuntimeException>asThrown(fault.thrown);
        }
    }

    /** Throws checked exceptions too, undeclared, as frameworks do. */
    @SuppressWarnings("unchecked") // the cast is never made
    public static <T extends Throwable> RuntimeException asThrown(Throwable any) throws T {
        throw (T) any;
    }
}
