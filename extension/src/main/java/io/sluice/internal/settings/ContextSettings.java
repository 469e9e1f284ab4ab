package io.sluice.internal.settings;

import java.util.List;
import java.util.Optional;

/**
 * The complete configuration of one context. Plain data. Its string shows no secret.
 *
 * @param name the context's name
 * @param managed the application server's context to use; empty if keys and trust are configured here
 * @param keyStore the location of its keys; empty if it has none and can only be a client
 * @param clientKeyStore the location of the keys for outgoing connections; empty if these are the same
 * @param sni how the server side chooses among the keys by name
 * @param trustStore its trust
 * @param revocation how it checks for revoked certificates
 * @param sessions the sessions that it keeps
 * @param parameters its parameters besides keys, trust and sessions
 * @param engine what makes its engines
 * @param allow which clients may connect
 * @param rotation how it follows its material, and when it warns
 * @param inherits the properties that name the contexts whose settings are inherited, the nearest first
 */
public record ContextSettings(
        ContextName name,
        Optional<ManagedSettings> managed,
        Optional<KeyStoreSettings> keyStore,
        Optional<KeyStoreSettings> clientKeyStore,
        SniSettings sni,
        TrustStoreSettings trustStore,
        RevocationSettings revocation,
        SessionSettings sessions,
        ParameterSettings parameters,
        EngineSettings engine,
        AllowSettings allow,
        RotationSettings rotation,
        List<Setting> inherits) {

    /** Copies the list. */
    public ContextSettings {
        inherits = List.copyOf(inherits);
    }

    /** The prefix of all properties of contexts. */
    public static final String PREFIX = "sluice.ssl.";

    /**
     * The settings of a context of which nothing is configured that would make it one.
     *
     * @param name the context's name
     * @param rotation how it follows its material, and when it warns
     * @return the defaults
     */
    public static ContextSettings unconfigured(ContextName name, RotationSettings rotation) {
        return new ContextSettings(
                name,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SniSettings.NONE,
                new TrustStoreSettings.Jdk(Optional.empty()),
                RevocationSettings.NONE,
                SessionSettings.NONE,
                ParameterSettings.NONE,
                EngineSettings.NONE,
                AllowSettings.NONE,
                rotation,
                List.of());
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
     * Returns whether keys, trust or sessions are configured, and not only parameters.
     *
     * @return false if the context is not the server's, has no key store, trusts and checks as the JDK does, and keeps sessions as
     *     long
     */
    public boolean hasMaterial() {
        return managed.isPresent()
                || keyStore.isPresent()
                || clientKeyStore.isPresent()
                || !(trustStore instanceof TrustStoreSettings.Jdk)
                || revocation.kind() != RevocationSettings.Kind.NONE
                || !sessions.equals(SessionSettings.NONE);
    }

    /**
     * Keeps only those negotiated settings that decide whether a key can be used. The groups of the key exchange do not, and a client that tries
     * a key may not have them.
     *
     * @return the settings
     */
    public ContextSettings onlyVersionsAndSuites() {
        return new ContextSettings(
                name,
                managed,
                keyStore,
                clientKeyStore,
                sni,
                trustStore,
                revocation,
                sessions,
                parameters.onlyVersionsAndSuites(),
                engine.withOwnGroups(),
                allow,
                rotation,
                inherits);
    }
}
