package io.sluice.internal.settings;

import java.util.Optional;

/** Whom a context trusts. */
public sealed interface TrustStoreSettings {

    /**
     * Certificates as PEM.
     *
     * @param certificates a list of locations
     * @param includeDefault whether the JDK's own trust counts too
     */
    record Pem(Setting certificates, boolean includeDefault) implements TrustStoreSettings {}

    /**
     * A trust store.
     *
     * @param store the store
     * @param includeDefault whether the JDK's own trust counts too
     */
    record Store(StoreSettings store, boolean includeDefault) implements TrustStoreSettings {}

    /**
     * What the JDK trusts: its cacerts, or what {@code javax.net.ssl.trustStore} names.
     *
     * @param setting the property that says so; empty if nothing is configured
     */
    record Jdk(Optional<Setting> setting) implements TrustStoreSettings {}

    /**
     * Anybody, whatever certificate and host name: no protection at all.
     *
     * @param setting the property that says so
     */
    record All(Setting setting) implements TrustStoreSettings {}
}
