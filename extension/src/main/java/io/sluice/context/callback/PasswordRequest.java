package io.sluice.context.callback;

import java.util.Optional;

/**
 * A request for a password.
 *
 * @param context the context's name
 * @param property the property that could have set it, such as {@code sluice.ssl.web.key-store.p12.password}
 * @param alias the alias of the key that it decrypts; empty if it opens a whole store
 */
public record PasswordRequest(String context, String property, Optional<String> alias) {}
