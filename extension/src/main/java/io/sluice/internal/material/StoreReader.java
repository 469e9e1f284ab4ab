package io.sluice.internal.material;

import io.sluice.internal.material.StorePassword.KeyLock;
import io.sluice.internal.material.StorePassword.StoreUse;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.internal.token.TokenKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads key stores and trust stores through {@link KeyStore}. */
final class StoreReader {

    private final StoreSettings settings;
    private final StorePassword password;
    private final StoreFile file;
    private final MaterialReading reading;
    private final Problems problems;
    private KeyLock tried = KeyLock.OF_STORE;
    private String hint = "";

    private StoreReader(StoreSettings settings, StorePassword password, MaterialReading reading) {
        this.settings = settings;
        this.password = password;
        this.file = new StoreFile(settings, password, reading);
        this.reading = reading;
        this.problems = reading.problems();
    }

    /** Returns the store's keys, or none after reporting a problem. */
    static List<KeyEntry> keys(StoreSettings settings, MaterialReading reading) {
        return read(settings, StoreUse.KEYS, reading, StoreReader::keys);
    }

    /** Returns the trusted certificates, or none after reporting a problem. */
    static List<X509Certificate> trusted(StoreSettings settings, MaterialReading reading) {
        return read(settings, StoreUse.TRUST, reading, StoreReader::trusted);
    }

    private static <E> List<E> read(
            StoreSettings settings,
            StoreUse use,
            MaterialReading reading,
            BiFunction<StoreReader, KeyStore, List<E>> what) {
        try (StorePassword password = new StorePassword(settings, use, reading)) {
            StoreReader reader = new StoreReader(settings, password, reading);
            try {
                return reader.file
                        .open()
                        .map(store -> what.apply(reader, store))
                        .orElse(List.of());
            } catch (RuntimeException | Error e) {
                if (password.threw(e)) {
                    throw e;
                }
                reader.file.failed(e);
                return List.of();
            }
        }
    }

    private Setting named() {
        return file.named();
    }

    private List<KeyEntry> keys(KeyStore store) {
        List<KeyEntry> entries = new ArrayList<>();
        for (String alias : aliases(store)) {
            try {
                if (store.isKeyEntry(alias)) {
                    entry(store, alias).ifPresent(entries::add);
                }
            } catch (KeyStoreException e) {
                file.damaged();
            }
        }
        if (entries.isEmpty() && !problems.hasErrors()) {
            problems.error(
                    settings.alias().orElse(named()),
                    "the store that " + named().property() + " names holds no key"
                            + settings.alias()
                                    .map(alias -> " '" + alias.value() + "'")
                                    .orElse(""),
                    "Name a store with a private key and its certificate");
        }
        return entries;
    }

    private Optional<KeyEntry> entry(KeyStore store, String alias) throws KeyStoreException {
        try {
            Key key = key(store, alias);
            List<X509Certificate> chain = x509(store.getCertificateChain(alias));
            if (!(key instanceof PrivateKey privateKey) || chain.isEmpty()) {
                return Optional.empty();
            }
            KeyEntry entry = new KeyEntry(alias, usable(privateKey, chain.get(0)), chain, named().origin());
            KeyChecks.check(entry, named(), named(), reading);
            return Optional.of(entry);
        } catch (GeneralSecurityException e) {
            problems.error(
                    ProviderFailures.isUnsupported(e)
                            ? unreadable(
                                    alias,
                                    e,
                                    "Create the store again, with a key and an encryption that this JVM supports")
                            : password.wrong(named(), alias, tried, hint));
        } catch (RuntimeException | Error e) {
            if (password.threw(e)) {
                throw e;
            }
            problems.error(unreadable(alias, e, ProviderFailures.CHECK_KEY));
        }
        return Optional.empty();
    }

    /** JSSE cannot sign with a key of a provider that is not registered. */
    private PrivateKey usable(PrivateKey key, X509Certificate certificate) {
        return key.getEncoded() != null
                ? key
                : file.ownProvider()
                        .<PrivateKey>map(provider -> TokenKey.of(key, certificate, provider))
                        .orElse(key);
    }

    private Problem unreadable(String alias, Throwable e, String remedy) {
        return Problem.of(
                named(),
                "the key '" + alias + "' of the store " + named().shown() + " cannot be read ("
                        + ProviderFailures.words(e) + ")",
                remedy);
    }

    /** Opens a key with its own password, the store's password, or a password from the callback. */
    private @Nullable Key key(KeyStore store, String alias) throws GeneralSecurityException {
        if (settings.aliasPassword().isPresent()) {
            char[] configured = reading.password(settings.aliasPassword().get()).orElse(null);
            return configured == null ? null : opened(store, alias, KeyLock.CONFIGURED, configured);
        }
        tried = KeyLock.OF_STORE;
        hint = "";
        try {
            return store.getKey(alias, password.value());
        } catch (UnrecoverableKeyException e) {
            char[] own = password.ofKey(alias).orElse(null);
            if (own == null) {
                throw e;
            }
            return opened(store, alias, KeyLock.ASKED, own);
        }
    }

    private @Nullable Key opened(KeyStore store, String alias, KeyLock lock, char[] own)
            throws GeneralSecurityException {
        tried = lock;
        hint = StorePassword.hint(own);
        try {
            return store.getKey(alias, own);
        } finally {
            StorePassword.wipe(own);
        }
    }

    private List<X509Certificate> trusted(KeyStore store) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (String alias : store.size() == 0 ? List.<String>of() : aliases(store)) {
                Certificate certificate = store.getCertificate(alias);
                if (certificate instanceof X509Certificate x509) {
                    certificates.add(x509);
                }
            }
        } catch (KeyStoreException e) {
            file.damaged();
        }
        if (certificates.isEmpty() && !problems.hasErrors()) {
            problems.error(MissingTrustAnchors.problem(settings, file, password));
        }
        new ValidityCheck(reading.rotation().trust(), named(), problems).check(certificates);
        return certificates;
    }

    /** All aliases, or the configured one. */
    private List<String> aliases(KeyStore store) {
        try {
            List<String> all = Collections.list(store.aliases());
            Optional<Setting> wanted = settings.alias();
            if (wanted.isEmpty()) {
                return all;
            }
            String alias = wanted.get().value();
            if (store.containsAlias(alias)) {
                return List.of(alias);
            }
            problems.error(
                    wanted.get(),
                    "the store that " + named().property() + " names has no alias '" + alias + "'"
                            + NearNames.suggest(alias, all),
                    all.isEmpty() ? "The store is empty" : "Use one of " + String.join(", ", new TreeSet<>(all)));
        } catch (KeyStoreException e) {
            file.damaged();
        }
        return List.of();
    }

    private static List<X509Certificate> x509(Certificate @Nullable [] chain) {
        return chain == null
                ? List.of()
                : Stream.of(chain)
                        .filter(X509Certificate.class::isInstance)
                        .map(X509Certificate.class::cast)
                        .toList();
    }
}
