package io.sluice.internal.settings;

import java.util.Optional;

/** The trust of a context. */
public sealed interface TrustStoreSettings {

    /**
     * Certificates as PEM.
     *
     * @param certificates a list of locations
     * @param includeDefault whether to include the JDK's own trust
     */
    record Pem(Setting certificates, boolean includeDefault) implements TrustStoreSettings {}

    /**
     * A trust store.
     *
     * @param store the store
     * @param includeDefault whether to include the JDK's own trust
     */
    record Store(StoreSettings store, boolean includeDefault) implements TrustStoreSettings {}

    /**
     * The JDK's trust: its cacerts, or the store that {@code javax.net.ssl.trustStore} names.
     *
     * @param setting the property that selects it; empty if nothing is configured
     */
    record Jdk(Optional<Setting> setting) implements TrustStoreSettings {}

    /**
     * Trust in everyone, with any certificate and host name: no protection at all.
     *
     * @param setting the property that selects it
     */
    record All(Setting setting) implements TrustStoreSettings {}
}
