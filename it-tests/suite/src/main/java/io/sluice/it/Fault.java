package io.sluice.it;

import org.jspecify.annotations.Nullable;

/** What the next instance of a faulty stream class throws, and at which step of its making. */
record Fault(Step step, Throwable thrown) {

    enum Step {
        DEPENDENT,
        CONSTRUCTOR,
        INITIALIZER,
        POST_CONSTRUCT,
    }

    static volatile @Nullable Fault planned;

    /** Throws when this is the step. */
    static void at(Step step) {
        Fault fault = planned;
        if (fault != null && fault.step == step) {
            throw Fault.<RuntimeException>asThrown(fault.thrown);
        }
    }

    /** Throws checked exceptions too, undeclared, as frameworks do. */
    @SuppressWarnings("unchecked") // the cast is never made
    static <T extends Throwable> RuntimeException asThrown(Throwable any) throws T {
        throw (T) any;
    }
}
