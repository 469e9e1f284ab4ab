package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.SslContextException;

/** Where a named context's material comes from. */
public interface ContextSource {

    /**
     * Reads the material and makes a context of it. Called once, and again at each reload.
     *
     * @return the context
     * @throws SslContextException if the material is missing, unreadable or unfit; the message lists every problem
     */
    ContextSnapshot load() throws SslContextException;

    /**
     * Whether the material is known before the application runs, so that it can be checked while deploying.
     *
     * @return false for a context that the application makes, which is asked for at its first use
     */
    default boolean readyAtDeployment() {
        return true;
    }

    /**
     * Whether the material comes from beans of the application, or is asked of them.
     *
     * @return true for a context that the application makes, and for one with callbacks
     */
    default boolean needsBeans() {
        return !readyAtDeployment();
    }

    /**
     * Whether it can be loaded on any thread.
     *
     * @return false for a context that the server manages: its naming asks the thread which application it is of
     */
    default boolean loadsOnAnyThread() {
        return true;
    }
}
