package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.jsse.KeyProbe;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;

/**
 * A check that a context has a key to serve with, made when it is to serve.
 *
 * @hidden
 */
@FunctionalInterface
@Internal
public interface ServerKey {

    /**
     * Checks that there is a key.
     *
     * @param description the context, as its specifier describes itself
     * @throws SslContextException if there is none; the message says what to do
     */
    void require(String description) throws SslContextException;

    /**
     * A key that exists, or may exist: JSSE does not say which keys an application's context holds.
     *
     * @return a check that always passes
     */
    static ServerKey assumed() {
        return description -> {};
    }

    /**
     * No key.
     *
     * @param remedy what to do, for the message
     * @return a check that always fails
     */
    static ServerKey missing(String remedy) {
        return description -> {
            throw new SslContextException(description + " has no key, so it cannot be the server side: " + remedy);
        };
    }

    /**
     * The key of a context that somebody else manages. It is looked for each time the context is to serve, until one is found.
     *
     * @param context the context
     * @param remedy what to do if it has none, for the message
     * @return a check that passes once there is a key
     */
    static ServerKey probed(SSLContext context, String remedy) {
        AtomicBoolean found = new AtomicBoolean();
        return description -> {
            if (found.get()) {
                return;
            }
            if (!KeyProbe.hasKey(context)) {
                missing(remedy).require(description);
            }
            found.set(true);
        };
    }
}
