package io.sluice.context;

import io.sluice.internal.Internal;

/**
 * A specifier with a context or plaintext behind it.
 *
 * @hidden
 */
@Internal
public interface HasSnapshot {

    /**
     * The current context.
     *
     * @return the snapshot
     * @throws SslContextException if it cannot be loaded
     */
    ContextSnapshot loaded() throws SslContextException;
}
