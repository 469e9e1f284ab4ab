package io.sluice.context.material;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.NoSuchProviderException;
import java.security.ProviderException;
import java.security.Security;
import java.security.UnrecoverableKeyException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Opens a store, and says why one cannot be opened. */
record StoreFile(StoreSettings settings, StorePassword password, Problems problems) {

    Optional<KeyStore> open() {
        Optional<KeyStore> empty = instance();
        boolean passworded = password.isUsable(problems);
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

    /** The setting that stands for the store in messages. */
    Setting named() {
        return settings.location().orElse(settings.type());
    }

    private Optional<KeyStore> load(KeyStore store, Optional<byte[]> bytes) {
        try (InputStream in = bytes.map(ByteArrayInputStream::new).orElse(null)) {
            store.load(in, password.value());
            return Optional.of(store);
        } catch (IOException e) {
            told(e, bytes);
        } catch (ProviderException e) {
            failed(e);
        } catch (GeneralSecurityException | RuntimeException e) {
            damaged();
        }
        return Optional.empty();
    }

    private void told(IOException e, Optional<byte[]> bytes) {
        if (e.getCause() instanceof UnrecoverableKeyException) {
            problems.error(password.wrong(named()));
        } else if (e instanceof EOFException
                && bytes.map(StoreFile::beginsLikeAStore).orElse(false)) {
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

    void damaged() {
        problems.error(
                named(),
                named().shown() + " is not a " + settings.type().value() + " store, or is damaged",
                "Name a store of that type, or make the store again");
    }

    /** A token that is pulled out, a native library that is broken: providers tell by exceptions of their own. */
    void failed(RuntimeException e) {
        if (password.threw(e)) {
            throw e;
        }
        problems.error(
                named(),
                "the " + settings.type().value() + " store " + named().shown() + " cannot be read (" + e.getMessage()
                        + ")",
                "Check the security provider or the token that holds it");
    }
}
