package io.sluice.internal.material;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.SniSettings;
import io.sluice.internal.settings.StoreSettings;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Warns of keys that no handshake can select, because another key is preferred for every peer. */
final class UnreachableKeys {

    private final List<OfferedKey> keys;
    private final SniSettings sni;
    private final long now = System.currentTimeMillis();

    UnreachableKeys(List<OfferedKey> keys, SniSettings sni) {
        this.keys = keys;
        this.sni = sni;
    }

    @SuppressWarnings("ReferenceEquality") // Two equal keys may hide one another.
    void warn(KeyStoreSettings settings, Problems problems) {
        for (OfferedKey key : keys) {
            keys.stream()
                    .filter(other -> other != key && hides(other, key))
                    .findFirst()
                    .ifPresent(other -> warn(key, other, settings, problems));
        }
    }

    private void warn(OfferedKey key, OfferedKey preferred, KeyStoreSettings settings, Problems problems) {
        Setting setting = setting(key, settings);
        problems.warn(
                setting,
                "the key '" + key.name() + "' of " + KeyChecks.name(key.entry().certificate())
                        + " is never selected: the key '" + preferred.name() + "' of "
                        + KeyChecks.name(preferred.entry().certificate()) + " is preferred to it",
                "Remove one of the two"
                        + (sni.byName() ? "" : ", or set key-store.sni=true if clients ask for different names"));
    }

    private static Setting setting(OfferedKey key, KeyStoreSettings settings) {
        return settings instanceof KeyStoreSettings.Pem pem
                ? pem.pairs().stream()
                        .filter(pair -> pair.name().equals(key.name()))
                        .findFirst()
                        .orElseThrow()
                        .certificate()
                : setting(((KeyStoreSettings.Store) settings).store());
    }

    /** A token has no location. */
    private static Setting setting(StoreSettings store) {
        return store.location().orElse(store.type());
    }

    private boolean hides(OfferedKey preferred, OfferedKey key) {
        return preferred.type().isLike(key.type())
                && isPreferredWhenever(preferred, key)
                && preferred.usages().covers(key.usages())
                && issuers(preferred).containsAll(issuers(key))
                && (!sni.byName() || Set.copyOf(preferred.hostNames()).containsAll(key.hostNames()));
    }

    /** The order decides between two valid keys, and between two expired ones. */
    private boolean isPreferredWhenever(OfferedKey preferred, OfferedKey key) {
        boolean first = keys.indexOf(preferred) < keys.indexOf(key);
        boolean over = key.notAfter() < now;
        return over
                ? preferred.isValidAt(now)
                : first
                        && preferred.notBefore() <= Math.max(now, key.notBefore())
                        && preferred.notAfter() >= key.notAfter();
    }

    /** A peer may accept only certificates of certain issuers. */
    private static Set<Principal> issuers(OfferedKey key) {
        return key.entry().chain().stream()
                .map(X509Certificate::getIssuerX500Principal)
                .collect(Collectors.toSet());
    }
}
