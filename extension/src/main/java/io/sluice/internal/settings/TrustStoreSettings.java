package io.sluice.internal.settings;

import java.util.Optional;

/** The trust of a context. */
public sealed interface TrustStoreSettings {

    /**
     * Returns a property that configures it.
     *
     * @return the property's name, or the prefix of several; empty if nothing is configured
     */
    Optional<String> property();

    /**
     * Certificates as PEM.
     *
     * @param certificates a list of locations
     * @param includeDefault whether to include the JDK's own trust
     */
    record Pem(Setting certificates, boolean includeDefault) implements TrustStoreSettings {
        @Override
        public Optional<String> property() {
            return Optional.of(certificates.property());
        }
    }

    /**
     * A trust store.
     *
     * @param store the store
     * @param includeDefault whether to include the JDK's own trust
     */
    record Store(StoreSettings store, boolean includeDefault) implements TrustStoreSettings {
        @Override
        public Optional<String> property() {
            return Optional.of(store.prefix());
        }
    }

    /**
     * The JDK's trust: its cacerts, or the store that {@code javax.net.ssl.trustStore} names.
     *
     * @param setting the property that selects it; empty if nothing is configured
     */
    record Jdk(Optional<Setting> setting) implements TrustStoreSettings {
        @Override
        public Optional<String> property() {
            return setting.map(Setting::property);
        }
    }

    /**
     * Trust in everyone, with any certificate and host name: no protection at all.
     *
     * @param setting the property that selects it
     */
    record All(Setting setting) implements TrustStoreSettings {
        @Override
        public Optional<String> property() {
            return Optional.of(setting.property());
        }
    }
}
