package io.sluice.internal.material;

import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.StoreSettings;
import io.sluice.internal.token.TokenProvider;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchProviderException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.BadPaddingException;
import javax.security.auth.login.LoginException;

/** Opens a store, and reports why it cannot be opened. */
record StoreFile(StoreSettings settings, StorePassword password, MaterialReading reading) {

    /** Known types that this JVM may lack. A similar name would be a wrong suggestion for them. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "PKCS11", "SunPKCS11, configured for the token",
            "BCFKS", "BouncyCastle (org.bouncycastle:bcprov-jdk18on)",
            "BKS", "BouncyCastle (org.bouncycastle:bcprov-jdk18on)",
            "UBER", "BouncyCastle (org.bouncycastle:bcprov-jdk18on)",
            "WINDOWS-MY", "SunMSCAPI, which only Windows has",
            "WINDOWS-ROOT", "SunMSCAPI, which only Windows has",
            "KEYCHAINSTORE", "Apple, which only macOS has");

    private Problems problems() {
        return reading.problems();
    }

    Optional<KeyStore> open() {
        Optional<KeyStore> empty = instance();
        boolean passworded = password.isUsable(problems());
        Optional<byte[]> bytes = Optional.empty();
        if (settings.location().isPresent()) {
            bytes = reading.bytes(settings.location().get());
            if (bytes.isEmpty()) {
                return Optional.empty();
            }
        }
        return empty.isPresent() && passworded ? load(empty.get(), bytes) : Optional.empty();
    }

    /** The private provider of the store; empty if a registered one has it, or after reporting a problem. */
    Optional<Provider> ownProvider() {
        return settings.providerConfig().isPresent() ? TokenProvider.of(settings, problems()) : Optional.empty();
    }

    private Optional<KeyStore> instance() {
        String type = settings.type().value();
        try {
            if (settings.providerConfig().isPresent()) {
                Optional<Provider> own = ownProvider();
                return own.isPresent() ? Optional.of(KeyStore.getInstance(type, own.get())) : Optional.empty();
            }
            return Optional.of(
                    settings.provider().isPresent()
                            ? KeyStore.getInstance(
                                    type, settings.provider().get().value())
                            : KeyStore.getInstance(type));
        } catch (NoSuchProviderException e) {
            problems()
                    .error(
                            settings.provider().orElseThrow(),
                            "there is no JCA provider '"
                                    + settings.provider().orElseThrow().value() + "'"
                                    + NearNames.suggest(
                                            settings.provider().orElseThrow().value(),
                                            Arrays.stream(Security.getProviders())
                                                    .map(Provider::getName)
                                                    .toList()),
                            "Register the provider, or correct its name");
        } catch (KeyStoreException | IllegalArgumentException e) {
            problems().error(unknownType(settings.type()));
        } catch (ProviderException | Error e) {
            failed(e);
        }
        return Optional.empty();
    }

    /** The setting that stands for the store in messages. */
    Setting named() {
        return settings.location().orElse(settings.type());
    }

    private Optional<KeyStore> load(KeyStore store, Optional<byte[]> bytes) {
        try (InputStream in = bytes.map(ByteArrayInputStream::new).orElse(null)) {
            store.load(in, password.value());
            return Optional.of(store);
        } catch (ProviderException | Error e) {
            failed(e);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            reportUnopened(e, bytes);
        }
        return Optional.empty();
    }

    private void reportUnopened(Exception e, Optional<byte[]> bytes) {
        if (e.getCause() instanceof UnrecoverableKeyException
                || ProviderFailures.find(LoginException.class, e) != null) {
            problems().error(password.wrong(named()));
        } else if (ProviderFailures.isUnsupported(e)) {
            problems()
                    .error(
                            named(),
                            "the store " + named().shown() + " needs an algorithm that this JVM does not have ("
                                    + ProviderFailures.words(e) + ")",
                            "Create the store again with another encryption, or add the provider that has the algorithm");
        } else if (isOfPassword(e) || bytes.map(this::isWhollyEncrypted).orElse(false)) {
            problems().error(password.wrongOrDamaged(named()));
        } else if (e instanceof EOFException
                && bytes.map(StoreFile::beginsLikeAStore).orElse(false)) {
            problems().error(named(), "the store " + named().shown() + " is truncated", "Copy the whole store again");
        } else {
            damaged();
        }
    }

    /** BouncyCastle's own types check password and content together, and report the failure only in the message. */
    private static boolean isOfPassword(Exception e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof IOException
                && (message.contains("MAC calculation failed")
                        || message.contains("integrity check failed")
                        || ProviderFailures.find(BadPaddingException.class, e) != null);
    }

    /**
     * Everything in a UBER store is encrypted, except its version and salt. With one wrong password in 256, the padding happens to be
     * right, and the reader fails at random data.
     */
    private boolean isWhollyEncrypted(byte[] bytes) {
        return settings.type().value().equalsIgnoreCase("UBER") && bytes[0] == 0;
    }

    /** PKCS12 begins with an ASN.1 sequence, JKS and JCEKS with magic numbers. */
    private static boolean beginsLikeAStore(byte[] bytes) {
        int first = bytes[0] & 0xff;
        return first == 0x30 || first == 0xfe || first == 0xce;
    }

    void damaged() {
        problems()
                .error(
                        named(),
                        named().shown() + " is not a " + settings.type().value() + " store, or is damaged",
                        "Name a store of that type, or create the store again");
    }

    /** Reports a failure of the provider, such as a removed token or a broken native library. */
    void failed(Throwable e) {
        problems()
                .error(
                        named(),
                        "the " + settings.type().value() + " store " + named().shown() + " cannot be read ("
                                + ProviderFailures.words(e) + ")",
                        "Check the security provider or the token that holds it");
    }

    static Problem unknownType(Setting type) {
        Set<String> known = new TreeSet<>(Security.getAlgorithms("KeyStore"));
        String name = type.value();
        String provider = PROVIDERS.get(name.toUpperCase(Locale.ROOT));
        return provider == null
                ? Problem.of(
                        type,
                        "there is no key store type '" + name + "'" + NearNames.suggest(name, known),
                        "Use one of " + String.join(", ", known) + ", or add the provider that has it")
                : Problem.of(
                        type,
                        "no security provider of this JVM has key stores of type '" + name + "'",
                        "Register the provider that has it: " + provider);
    }
}
