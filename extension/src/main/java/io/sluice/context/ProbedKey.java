package io.sluice.context;

import javax.net.ssl.SSLContext;

/** The key of a context that somebody else manages: looked for when it is to serve, until one is found. */
final class ProbedKey implements ServerKey {

    private final SSLContext context;
    private final ServerKey missing;
    private volatile boolean found;

    ProbedKey(SSLContext context, String remedy) {
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
