package io.sluice.internal.material;

import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.SniSettings;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The keys and the trust of a context, read and checked. Thread-safe. */
public final class Material {

    private final List<KeyEntry> keys;
    private final SniSettings sni;
    private final OrderedKeyManager manager;
    private final Optional<List<KeyEntry>> clientKeys;
    private final OrderedKeyManager clientManager;
    private final Trust trust;

    private Material(List<KeyEntry> keys, SniSettings sni, Optional<List<KeyEntry>> clientKeys, Trust trust) {
        this.keys = List.copyOf(keys);
        this.sni = sni;
        this.manager = new OrderedKeyManager(keys, sni);
        this.clientKeys = clientKeys.map(List::copyOf);
        this.clientManager = clientKeys
                .map(separate -> new OrderedKeyManager(separate, SniSettings.NONE))
                .orElse(manager);
        this.trust = trust;
    }

    /**
     * Reads what the settings name, or checks what beans supplied in its place.
     *
     * @param settings where the material is
     * @param supplied the keys and the trust of beans
     * @param reading supplies passwords, records the files, and collects errors and warnings
     * @return the material; empty if there are errors
     */
    public static Optional<Material> read(
            ContextSettings settings, SuppliedMaterial supplied, MaterialReading reading) {
        MaterialReading found = reading.with(new Problems());
        List<KeyEntry> keys = supplied.hasKeys()
                ? supplied.checkedKeys(found)
                : settings.keyStore().map(store -> readKeys(store, found)).orElse(List.of());
        Optional<List<KeyEntry>> clientKeys = settings.clientKeyStore().map(store -> readKeys(store, found));
        NamelessKeys.check(keys, settings, found.problems());
        Trust trust = TrustReader.read(settings, supplied, found);
        reading.problems().addAll(found.problems());
        return found.problems().hasErrors()
                ? Optional.empty()
                : Optional.of(new Material(keys, settings.sni(), clientKeys, trust));
    }

    static List<KeyEntry> readKeys(KeyStoreSettings settings, MaterialReading reading) {
        if (settings instanceof KeyStoreSettings.Pem pem) {
            List<KeyEntry> entries = new ArrayList<>();
            pem.pairs().forEach(pair -> pair(pair, reading).ifPresent(entries::add));
            return entries;
        }
        return settings instanceof KeyStoreSettings.Store stored
                ? StoreReader.keys(stored.store(), reading)
                : List.of();
    }

    private static Optional<KeyEntry> pair(KeyStoreSettings.Pair pair, MaterialReading reading) {
        List<X509Certificate> chain = CertificateReader.read(pair.certificate(), reading);
        Optional<PrivateKey> key = PemKey.read(pair, reading);
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        KeyEntry entry =
                new KeyEntry(pair.name(), key.get(), chain, pair.certificate().origin());
        KeyChecks.check(entry, pair.key(), pair.certificate(), reading);
        return Optional.of(entry);
    }

    /**
     * All keys.
     *
     * @return the keys of both sides, the preferred one first; if there are separate keys for outgoing connections, they come last
     */
    public List<KeyEntry> entries() {
        return Stream.concat(keys.stream(), clientKeys.stream().flatMap(List::stream))
                .toList();
    }

    /**
     * Tries the first key of each type. Keys that stay in a token are not tried, to save a signature, and neither are keys whose
     * certificate is only for clients.
     *
     * @param trial tries one key
     * @return the outcome
     */
    public KeyTrial.Outcome tryKeys(KeyTrial trial) {
        List<String> failures = new ArrayList<>();
        boolean anyWorks = false;
        Set<String> tried = new HashSet<>();
        for (KeyEntry entry : keys) {
            String type = entry.certificate().getPublicKey().getAlgorithm();
            if (entry.key().getEncoded() == null) {
                anyWorks = true;
            } else if (KeyUsages.of(entry.certificate()).server() && tried.add(type)) {
                Optional<String> failure = trial.failure(new OrderedKeyManager(List.of(entry), SniSettings.NONE));
                failure.ifPresent(reason -> failures.add(type + ": " + reason));
                anyWorks |= failure.isEmpty();
            }
        }
        return new KeyTrial.Outcome(failures, anyWorks);
    }

    /**
     * The algorithms of the keys that only clients have.
     *
     * @return the names, in the order of the keys; empty if clients have the keys of the server
     */
    public Set<String> onlyClients() {
        Set<String> algorithms = new LinkedHashSet<>();
        clientKeys
                .orElse(List.of())
                .forEach(entry ->
                        algorithms.add(entry.certificate().getPublicKey().getAlgorithm()));
        return algorithms;
    }

    /**
     * Tests whether the server has a key that stays in a token.
     *
     * @return whether it has one that can sign, but cannot be exported
     */
    public boolean holdsToken() {
        return keys.stream().anyMatch(entry -> entry.key().getEncoded() == null);
    }

    /**
     * Returns the keys of the server side, and of the client side too if it has none of its own.
     *
     * @return the manager, which may have no key
     */
    public OrderedKeyManager keys() {
        return manager;
    }

    /**
     * Returns the keys of the client side.
     *
     * @return the manager, which may have no key
     */
    public OrderedKeyManager clientKeys() {
        return clientManager;
    }

    /**
     * Warns of keys that are never selected. Only for a context without callbacks that choose a key by name.
     *
     * @param settings where the keys are
     * @param problems takes the warnings
     */
    public void warnOfUnreachableKeys(ContextSettings settings, Problems problems) {
        settings.keyStore()
                .ifPresent(store -> new UnreachableKeys(OfferedKey.inOrder(keys), sni).warn(store, problems));
        settings.clientKeyStore()
                .ifPresent(
                        store -> new UnreachableKeys(OfferedKey.inOrder(clientKeys.orElse(List.of())), SniSettings.NONE)
                                .warn(store, problems));
    }

    /**
     * Returns the issuers whose certificates are trusted.
     *
     * @return their distinguished names (RFC 2253) in alphabetical order; empty if there is no restriction
     */
    public List<String> issuers() {
        return trust.all().stream()
                .map(issuer -> issuer.getSubjectX500Principal().getName())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * The trust.
     *
     * @return the trust managers, and what they were made from
     */
    public Trust trust() {
        return trust;
    }
}
