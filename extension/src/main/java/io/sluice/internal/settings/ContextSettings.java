package io.sluice.internal.settings;

import java.util.Optional;

/**
 * The complete configuration of one context. Plain data. Its string shows no secret.
 *
 * @param name the context's name
 * @param managed the application server's context to use; empty if keys and trust are configured here
 * @param keyStore the location of its keys; empty if it has none and can only be a client
 * @param trustStore its trust
 * @param revocation how it checks for revoked certificates
 * @param parameters its parameters besides keys and trust
 * @param allow which clients may connect
 * @param rotation how it follows its material, and when it warns
 */
public record ContextSettings(
        ContextName name,
        Optional<ManagedSettings> managed,
        Optional<KeyStoreSettings> keyStore,
        TrustStoreSettings trustStore,
        RevocationSettings revocation,
        ParameterSettings parameters,
        AllowSettings allow,
        RotationSettings rotation) {

    /** The prefix of all properties of contexts. */
    public static final String PREFIX = "sluice.ssl.";

    /**
     * The settings of a context of which nothing is configured.
     *
     * @param name the context's name
     * @return the defaults
     */
    public static ContextSettings unconfigured(ContextName name) {
        return new ContextSettings(
                name,
                Optional.empty(),
                Optional.empty(),
                new TrustStoreSettings.Jdk(Optional.empty()),
                RevocationSettings.NONE,
                ParameterSettings.NONE,
                AllowSettings.NONE,
                RotationSettings.DEFAULT);
    }

    /**
     * Returns the full name of one of this context's properties.
     *
     * @param key the part after the context's name
     * @return the property's name
     */
    public String property(String key) {
        return name.property(key);
    }

    /**
     * Returns whether keys or trust are configured, and not only parameters.
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
