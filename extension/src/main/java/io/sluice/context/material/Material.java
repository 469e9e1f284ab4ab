package io.sluice.context.material;

import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/** The keys and the trust of a context, read and checked. */
public final class Material {

    private final List<KeyEntry> keys;
    private final boolean sni;
    private final TrustManager[] trustManagers;

    private Material(List<KeyEntry> keys, boolean sni, TrustManager[] trustManagers) {
        this.keys = keys;
        this.sni = sni;
        this.trustManagers = trustManagers;
    }

    /**
     * Reads what the settings name.
     *
     * @param settings where the material is
     * @param problems is told everything that is wrong or doubtful
     * @return the material; empty if there are errors
     */
    public static Optional<Material> read(ContextSettings settings, Problems problems) {
        Problems found = new Problems();
        List<KeyEntry> keys =
                settings.keyStore().map(store -> KeyReader.read(store, found)).orElse(List.of());
        TrustManager[] trust = TrustReader.read(settings, found);
        problems.addAll(found);
        boolean sni = settings.keyStore().map(KeyStoreSettings::sni).orElse(false);
        return found.hasErrors() ? Optional.empty() : Optional.of(new Material(keys, sni, trust));
    }

    /**
     * The keys for JSSE.
     *
     * @return one manager, or none if there is no key
     */
    public KeyManager[] keyManagers() {
        return keys.isEmpty() ? new KeyManager[0] : new KeyManager[] {new OrderedKeyManager(keys, sni)};
    }

    /**
     * The trust for JSSE.
     *
     * @return at least one manager
     */
    public TrustManager[] trustManagers() {
        return trustManagers.clone();
    }
}
