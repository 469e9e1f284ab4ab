package io.sluice.context.callback;

import org.jspecify.annotations.Nullable;

/**
 * Supplies a password that is not configured: of a store, of a key in a store, or of an encrypted PEM key.
 *
 * <p>A bean of this type qualified with {@code @SslContext("name")} is called whenever the context {@code name} is loaded: at its
 * first use and at each reload, but never during deployment. A configured password takes precedence. It is called under the loading lock of
 * its context, by one thread at a time, and must not use that context.
 */
@FunctionalInterface
public interface PasswordCallback {

    /**
     * The password.
     *
     * @param request the use of the password
     * @return a new array, which is overwritten with zeros after its use; empty if there is no password. Null is an error, and so is every
     *     exception that this method throws; both are reported with the bean's name
     */
    char @Nullable [] password(PasswordRequest request);
}
