package io.sluice.internal.context;

import java.security.ProviderException;
import org.jspecify.annotations.Nullable;

/**
 * A callback of a context failed, or chose what there is not. The message names the bean. JSSE lets nothing checked out of a key
 * manager, and this is the exception of its providers.
 */
public final class SslCallbackException extends ProviderException {

    private static final long serialVersionUID = 1L;

    SslCallbackException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
