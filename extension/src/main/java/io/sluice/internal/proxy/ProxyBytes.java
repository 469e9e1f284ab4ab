package io.sluice.internal.proxy;

import java.io.IOException;

/** Where a header's bytes come from. */
@FunctionalInterface
public interface ProxyBytes {

    /**
     * Waits for bytes.
     *
     * @param b where to
     * @param off from which index
     * @param len at most how many, at least 1: what is beyond them is not the header's
     * @return how many came, at least 1
     * @throws IOException if none will come, also at the end of the stream
     */
    int read(byte[] b, int off, int len) throws IOException;
}
