package io.sluice.context;

import io.sluice.internal.Internal;

/**
 * A specifier behind which there is a context, or plain.
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
