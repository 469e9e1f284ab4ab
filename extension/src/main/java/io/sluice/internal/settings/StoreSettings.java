package io.sluice.internal.settings;

import java.util.Optional;

/**
 * A key store or trust store that {@link java.security.KeyStore} reads.
 *
 * @param prefix the properties' common prefix, for messages about one that is not set
 * @param type the store's type, such as PKCS12
 * @param provider the JCA provider to ask for the type; empty for the first that has it
 * @param providerConfig what to configure an own instance of the provider with; empty to use the registered one
 * @param location the location of the store; empty for a type without a file
 * @param password the store's password
 * @param alias the only entry to use; empty for all
 * @param aliasPassword the key's password; empty for the store's
 */
public record StoreSettings(
        String prefix,
        Setting type,
        Optional<Setting> provider,
        Optional<Setting> providerConfig,
        Optional<Setting> location,
        Optional<Setting> password,
        Optional<Setting> alias,
        Optional<Setting> aliasPassword) {

    /** A store of a registered provider. */
    public StoreSettings(
            String prefix,
            Setting type,
            Optional<Setting> provider,
            Optional<Setting> location,
            Optional<Setting> password,
            Optional<Setting> alias,
            Optional<Setting> aliasPassword) {
        this(prefix, type, provider, Optional.empty(), location, password, alias, aliasPassword);
    }
}
