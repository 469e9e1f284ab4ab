package io.sluice.internal.proxy;

import java.io.IOException;

/** The source of a header's bytes. */
@FunctionalInterface
public interface ProxyBytes {

    /**
     * Waits for bytes.
     *
     * @param b the target
     * @param off the first index to fill
     * @param len the largest number of bytes, at least 1; bytes beyond it do not belong to the header
     * @return the number of bytes read, at least 1
     * @throws IOException if no bytes come, also at the end of the stream
     */
    int read(byte[] b, int off, int len) throws IOException;
}
