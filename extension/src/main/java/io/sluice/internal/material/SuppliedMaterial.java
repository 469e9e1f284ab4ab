package io.sluice.internal.material;

import io.sluice.internal.settings.Setting;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Keys and trust that beans supply in place of a key store and a trust store.
 *
 * @param keySource the bean that supplies the keys, in the form of a setting for messages; empty if there is none
 * @param keys its keys
 * @param trustSource the bean that supplies the trust, in the form of a setting for messages; empty if there is none
 * @param trusted its certificates
 */
public record SuppliedMaterial(
        Optional<Setting> keySource,
        List<KeyEntry> keys,
        Optional<Setting> trustSource,
        List<X509Certificate> trusted) {

    /** Nothing supplied. */
    public static final SuppliedMaterial NONE =
            new SuppliedMaterial(Optional.empty(), List.of(), Optional.empty(), List.of());

    boolean hasKeys() {
        return keySource.isPresent();
    }

    boolean hasTrust() {
        return trustSource.isPresent();
    }

    /** The keys, checked like configured ones. */
    List<KeyEntry> checkedKeys(MaterialReading reading) {
        Setting source = keySource.orElseThrow();
        keys.forEach(entry -> KeyChecks.check(entry, source, source, reading));
        return keys;
    }

    /** The trusted certificates, checked like configured ones. */
    List<Sourced<X509Certificate>> checkedTrust(MaterialReading reading) {
        Setting source = trustSource.orElseThrow();
        new ValidityCheck(reading.rotation().trust(), source, reading.problems()).check(trusted);
        return trusted.stream()
                .map(certificate -> new Sourced<>(certificate, source.source()))
                .toList();
    }
}
