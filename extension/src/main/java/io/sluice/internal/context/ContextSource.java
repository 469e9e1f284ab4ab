package io.sluice.internal.context;

import io.sluice.context.ContextSnapshot;
import io.sluice.context.DefaultSpecifier;
import io.sluice.context.SslContextException;

/** The source of a named context's material. */
public interface ContextSource {

    /**
     * The JDK's default context, {@link javax.net.ssl.SSLContext#getDefault()}. It is made at its first use, because few applications
     * use it, and reading the JDK's trust may take longer than everything else at boot.
     *
     * @return the source
     */
    static ContextSource jdkDefault() {
        return new ContextSource() {
            @Override
            public ContextSnapshot load(LoadAttempt attempt) throws SslContextException {
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
     * @param attempt notes what is read
     * @return the context
     * @throws SslContextException if the material is missing, unreadable or unsuitable; the message lists every problem
     */
    ContextSnapshot load(LoadAttempt attempt) throws SslContextException;

    /**
     * Tests whether the material is known before the application runs, so that it can be checked during deployment.
     *
     * @return false for a context that the application makes or has callbacks for
     */
    default boolean readyAtDeployment() {
        return true;
    }

    /**
     * Tests whether the material depends on beans of the application.
     *
     * @return true for a context that the application makes or has callbacks for
     */
    default boolean needsBeans() {
        return !readyAtDeployment();
    }

    /**
     * Tests whether its material may change or recover without a call of the application.
     *
     * @return true for a context whose keys and trust are configured or supplied by beans
     */
    default boolean isFollowed() {
        return false;
    }

    /**
     * Tests whether it can be loaded on any thread.
     *
     * @return false for a context that the server manages, because its naming finds the application by the thread
     */
    default boolean loadsOnAnyThread() {
        return true;
    }
}
