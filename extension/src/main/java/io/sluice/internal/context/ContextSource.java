package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.DefaultSpecifier;
import io.sluice.context.SslContextException;

/** The source of a named context's material. */
public interface ContextSource {

    /**
     * The JDK's default context, {@link javax.net.ssl.SSLContext#getDefault()}. It is made at its first use: few applications use it, and
     * reading the JDK's trust takes longer than many a boot.
     *
     * @return the source
     */
    static ContextSource jdkDefault() {
        return new ContextSource() {
            @Override
            public ContextSnapshot load() throws SslContextException {
                return DefaultSpecifier.DEFAULT.loaded();
            }

            @Override
            public boolean readyAtDeployment() {
                return false;
            }

            @Override
            public boolean needsBeans() {
                return false;
            }
        };
    }

    /**
     * Reads the material and makes a context from it. Called once, and again at each reload.
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
