package io.sluice.internal.settings;

import java.util.Optional;

/**
 * Everything configured of one context. Plain data; its string shows no secret.
 *
 * @param name the context's name
 * @param managed which of the server's contexts it is; empty if keys and trust are configured here
 * @param keyStore where its keys are; empty if it has none and can only be a client
 * @param trustStore whom it trusts
 * @param revocation how it finds out about revoked certificates
 * @param parameters everything else
 */
public record ContextSettings(
        ContextName name,
        Optional<ManagedSettings> managed,
        Optional<KeyStoreSettings> keyStore,
        TrustStoreSettings trustStore,
        RevocationSettings revocation,
        ParameterSettings parameters) {

    /** What every property of every context begins with. */
    public static final String PREFIX = "sluice.ssl.";

    /**
     * The full name of one of this context's properties.
     *
     * @param key the part behind the context's name
     * @return the property's name
     */
    public String property(String key) {
        return name.property(key);
    }

    /**
     * Whether keys or trust are configured, and not only parameters.
     *
     * @return false if the context is not the server's, has no key store, and trusts and checks as the JDK does
     */
    public boolean hasMaterial() {
        return managed.isPresent()
                || keyStore.isPresent()
                || !(trustStore instanceof TrustStoreSettings.Jdk)
                || revocation.kind() != RevocationSettings.Kind.NONE;
    }
}
