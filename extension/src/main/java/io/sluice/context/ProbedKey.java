package io.sluice.context;

import io.sluice.internal.Internal;
import io.sluice.internal.jsse.KeyProbe;
import javax.net.ssl.SSLContext;

/**
 * The key of a context that somebody else manages: looked for when it is to serve, until one is found.
 *
 * @hidden
 */
@Internal
public final class ProbedKey implements ServerKey {

    private final SSLContext context;
    private final ServerKey missing;
    private volatile boolean found;

    /**
     * The key of one context.
     *
     * @param context the context
     * @param remedy what to do if it has none
     */
    public ProbedKey(SSLContext context, String remedy) {
        this.context = context;
        this.missing = ServerKey.missing(remedy);
    }

    @Override
    public void require(String description) throws SslContextException {
        if (!found) {
            found = KeyProbe.hasKey(context);
        }
        if (!found) {
            missing.require(description);
        }
    }
}
