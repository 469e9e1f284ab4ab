package io.sluice.context.material;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchProviderException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads key stores and trust stores through {@link KeyStore}. */
final class StoreReader {

    /** The types whose content is protected by a password, so that reading them without one means reading them unchecked. */
    private static final Set<String> PROTECTED = Set.of("PKCS12", "JKS", "JCEKS", "BKS", "BCFKS");

    private final StoreSettings settings;
    private final PasswordSource passwords;
    private final Problems problems;
    /** What the callback gave for the store; wiped when the store is read. */
    private char @Nullable [] asked;

    /** What the callback threw, which is no fault of the store's provider. */
    private @Nullable RuntimeException failedToAsk;

    private StoreReader(StoreSettings settings, PasswordSource passwords, Problems problems) {
        this.settings = settings;
        this.passwords = passwords;
        this.problems = problems;
    }

    /** The store's keys, or none once the problem is told. */
    static List<KeyEntry> keys(StoreSettings settings, PasswordSource passwords, Problems problems) {
        StoreReader reader = new StoreReader(settings, passwords, problems);
        try {
            return reader.open().map(reader::keys).orElse(List.of());
        } catch (RuntimeException e) {
            reader.toldOfProvider(e);
            return List.of();
        } finally {
            wipe(reader.asked);
        }
    }

    /** Whom the store trusts, or nobody once the problem is told. */
    static List<X509Certificate> trusted(StoreSettings settings, PasswordSource passwords, Problems problems) {
        StoreReader reader = new StoreReader(settings, passwords, problems);
        try {
            return reader.open().map(reader::trusted).orElse(List.of());
        } catch (RuntimeException e) {
            reader.toldOfProvider(e);
            return List.of();
        } finally {
            wipe(reader.asked);
        }
    }

    private Optional<KeyStore> open() {
        Optional<KeyStore> empty = instance();
        boolean passworded = passworded();
        Optional<byte[]> bytes = Optional.empty();
        if (settings.location().isPresent()) {
            bytes = Location.read(settings.location().get(), problems);
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
        }
        return empty.isPresent() && passworded ? load(empty.get(), bytes) : Optional.empty();
    }

    private Optional<KeyStore> instance() {
        String type = settings.type().value();
        try {
            return Optional.of(
                    settings.provider().isPresent()
                            ? KeyStore.getInstance(
                                    type, settings.provider().get().value())
                            : KeyStore.getInstance(type));
        } catch (NoSuchProviderException e) {
            problems.error(
                    settings.provider().orElseThrow(),
                    "there is no JCA provider '"
                            + settings.provider().orElseThrow().value() + "'"
                            + NearNames.suggest(
                                    settings.provider().orElseThrow().value(),
                                    Arrays.stream(Security.getProviders())
                                            .map(java.security.Provider::getName)
                                            .toList()),
                    "Register the provider, or correct its name");
        } catch (KeyStoreException | IllegalArgumentException e) {
            Set<String> known = new TreeSet<>(Security.getAlgorithms("KeyStore"));
            problems.error(
                    settings.type(),
                    "there is no key store type '" + type + "'" + NearNames.suggest(type, known),
                    "Use one of " + String.join(", ", known) + ", or add the provider that has it");
        }
        return Optional.empty();
    }

    private boolean passworded() {
        boolean due = PROTECTED.contains(settings.type().value().toUpperCase(Locale.ROOT));
        if (settings.password().map(password -> password.value().isEmpty()).orElse(false)) {
            problems.error(
                    settings.password().get(), "the password is empty", "Give the store a password and set it here");
            return false;
        }
        if (settings.password().isEmpty()) {
            asked = ask(".password", Optional.empty()).orElse(null);
        }
        if (due && settings.password().isEmpty() && asked == null) {
            problems.error(Problem.unset(
                    settings.prefix() + ".password",
                    "the store has no password, so its content could not be checked",
                    "Set the store's password"));
            return false;
        }
        return true;
    }

    private char @Nullable [] password() {
        return settings.password()
                .map(password -> password.value().toCharArray())
                .orElse(asked);
    }

    private static void wipe(char @Nullable [] password) {
        if (password != null) {
            Arrays.fill(password, '\0');
        }
    }

    private Setting named() {
        return settings.location().orElse(settings.type());
    }

    private Optional<KeyStore> load(KeyStore store, Optional<byte[]> bytes) {
        try (InputStream in = bytes.map(ByteArrayInputStream::new).orElse(null)) {
            store.load(in, password());
            return Optional.of(store);
        } catch (IOException e) {
            told(e, bytes);
        } catch (ProviderException e) {
            toldOfProvider(e);
        } catch (GeneralSecurityException | RuntimeException e) {
            damaged();
        }
        return Optional.empty();
    }

    /** A token that is pulled out, a native library that is broken: providers tell by exceptions of their own. */
    private void toldOfProvider(RuntimeException e) {
        if (e == failedToAsk) {
            throw e;
        }
        problems.error(
                named(),
                "the " + settings.type().value() + " store " + named().shown() + " cannot be read (" + e.getMessage()
                        + ")",
                "Check the security provider or the token that holds it");
    }

    private void told(IOException e, Optional<byte[]> bytes) {
        if (e.getCause() instanceof UnrecoverableKeyException && asked != null) {
            problems.error(
                    named(),
                    "the password of " + passwords.description() + " does not open the store that " + named().property()
                            + " names",
                    "Correct the password that it gives");
        } else if (e.getCause() instanceof UnrecoverableKeyException) {
            problems.error(
                    settings.password().orElse(named()),
                    "the password does not open the store that " + named().property() + " names",
                    "Correct the password");
        } else if (e instanceof EOFException
                && bytes.map(StoreReader::beginsLikeAStore).orElse(false)) {
            problems.error(named(), "the store " + named().shown() + " is truncated", "Copy the whole store again");
        } else {
            damaged();
        }
    }

    /** PKCS12 begins with an ASN.1 sequence, JKS and JCEKS with magic numbers. */
    private static boolean beginsLikeAStore(byte[] bytes) {
        int first = bytes[0] & 0xff;
        return first == 0x30 || first == 0xfe || first == 0xce;
    }

    private void damaged() {
        problems.error(
                named(),
                named().shown() + " is not a " + settings.type().value() + " store, or is damaged",
                "Name a store of that type, or make the store again");
    }

    private List<KeyEntry> keys(KeyStore store) {
        List<KeyEntry> entries = new ArrayList<>();
        for (String alias : aliases(store)) {
            try {
                if (store.isKeyEntry(alias)) {
                    entry(store, alias).ifPresent(entries::add);
                }
            } catch (KeyStoreException e) {
                damaged();
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
            Key key = key(store, alias, password());
            List<X509Certificate> chain = x509(store.getCertificateChain(alias));
            if (!(key instanceof PrivateKey) || chain.isEmpty()) {
                return Optional.empty();
            }
            KeyEntry entry = new KeyEntry(alias, (PrivateKey) key, chain);
            KeyChecks.check(entry, named(), named(), problems);
            return Optional.of(entry);
        } catch (GeneralSecurityException e) {
            problems.error(settings.aliasPassword()
                    .map(own -> Problem.of(
                            own, "the password does not open the key '" + alias + "'", "Correct the password"))
                    .orElseGet(() -> Problem.unset(
                            settings.prefix() + ".alias-password",
                            "the store's password does not open the key '" + alias + "'",
                            "Set the key's own password")));
            return Optional.empty();
        } catch (RuntimeException e) {
            if (e == failedToAsk) {
                throw e;
            }
            problems.error(
                    named(),
                    "the key '" + alias + "' of the store " + named().shown() + " cannot be read (" + e.getMessage()
                            + ")",
                    "Check the security provider or the token that holds the key");
            return Optional.empty();
        }
    }

    /** With its own password, the store's, or the one that the callback gives for it. */
    private @Nullable Key key(KeyStore store, String alias, char @Nullable [] ofStore) throws GeneralSecurityException {
        if (settings.aliasPassword().isPresent()) {
            return store.getKey(alias, settings.aliasPassword().get().value().toCharArray());
        }
        try {
            return store.getKey(alias, ofStore);
        } catch (UnrecoverableKeyException e) {
            char[] own = ask(".alias-password", Optional.of(alias)).orElse(null);
            if (own == null) {
                throw e;
            }
            try {
                return store.getKey(alias, own);
            } finally {
                wipe(own);
            }
        }
    }

    private Optional<char[]> ask(String key, Optional<String> alias) {
        try {
            return passwords.password(settings.prefix() + key, alias);
        } catch (RuntimeException e) {
            failedToAsk = e;
            throw e;
        }
    }

    private List<X509Certificate> trusted(KeyStore store) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            for (String alias : aliases(store)) {
                Certificate certificate = store.getCertificate(alias);
                if (certificate instanceof X509Certificate x509) {
                    certificates.add(x509);
                }
            }
        } catch (KeyStoreException e) {
            damaged();
        }
        if (certificates.isEmpty() && !problems.hasErrors()) {
            problems.error(
                    named(),
                    "the store " + named().shown() + " holds no trusted certificate",
                    "Put the certificates to trust into it, with keytool -importcert");
        }
        Validity.check(certificates, named(), problems);
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
            damaged();
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
