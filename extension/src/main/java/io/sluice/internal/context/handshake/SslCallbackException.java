package io.sluice.internal.context.handshake;

import java.security.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if a callback of a context fails, or chooses a key that does not exist. The message names the bean. It is a {@code
 * ProviderException}, the unchecked exception of JSSE's providers, because a key manager cannot throw checked exceptions.
 */
public final class SslCallbackException extends ProviderException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message what happened, with the bean
     * @param cause what the bean threw; null if it only chose wrongly
     */
    public SslCallbackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
