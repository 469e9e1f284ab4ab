package io.sluice.context.callback;

import java.util.Optional;

/**
 * Which password is asked for.
 *
 * @param context the context's name
 * @param property the property that would hold it, {@code sluice.ssl.web.key-store.p12.password} say
 * @param alias the key that it opens; empty if it opens a whole store
 */
public record PasswordRequest(String context, String property, Optional<String> alias) {}
