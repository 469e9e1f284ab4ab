package io.sluice.it.support;

import org.jspecify.annotations.Nullable;

/** The Throwable of the next instance of a faulty stream class, and the step of its creation at which it is thrown. */
public record Fault(Step step, Throwable thrown) {

    public enum Step {
        DEPENDENT,
        CONSTRUCTOR,
        INITIALIZER,
        POST_CONSTRUCT,
    }

    public static volatile @Nullable Fault planned;

    /** Throws if this is the step. */
    static void at(Step step) {
        Fault fault = planned;
        if (fault != null && fault.step == step) {
            throw Fault.<RuntimeException>asThrown(fault.thrown);
        }
    }

    /** Throws checked exceptions too, without declaring them, as frameworks do. */
    @SuppressWarnings("unchecked") // the cast is never made
    public static <T extends Throwable> RuntimeException asThrown(Throwable any) throws T {
        throw (T) any;
    }
}
