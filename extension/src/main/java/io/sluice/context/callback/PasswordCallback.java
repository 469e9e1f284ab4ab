package io.sluice.context.callback;

import org.jspecify.annotations.Nullable;

/**
 * Gives a password that is not configured: of a store, of a key in a store, or of an encrypted PEM key.
 *
 * <p>A bean of this type qualified with {@code @SslContext("name")} is asked whenever the context {@code name} is loaded, at its
 * first use and at each reload, never while the application is deployed. A configured password goes before it. It is called under
 * the loading lock of its context, by one thread at a time, and must not use that context.
 */
@FunctionalInterface
public interface PasswordCallback {

    /**
     * The password.
     *
     * @param request what it opens
     * @return a fresh array, which is overwritten with zeros after its use; empty if there is no password. Null is an error, told
     *     with the bean's name, as is whatever this method throws
     */
    char @Nullable [] password(PasswordRequest request);
}
