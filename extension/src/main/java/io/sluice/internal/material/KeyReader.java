package io.sluice.internal.material;

import io.sluice.internal.settings.KeyStoreSettings;
import io.sluice.internal.settings.Problems;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads and checks a context's own keys. */
final class KeyReader {

    private KeyReader() {}

    static List<KeyEntry> read(KeyStoreSettings settings, PasswordSource passwords, Problems problems) {
        if (settings instanceof KeyStoreSettings.Pem pem) {
            List<KeyEntry> entries = new ArrayList<>();
            pem.pairs().forEach(pair -> pair(pair, passwords, problems).ifPresent(entries::add));
            return entries;
        }
        return StoreReader.keys(((KeyStoreSettings.Store) settings).store(), passwords, problems);
    }

    private static Optional<KeyEntry> pair(KeyStoreSettings.Pair pair, PasswordSource passwords, Problems problems) {
        List<X509Certificate> chain = CertificateReader.read(pair.certificate(), problems);
        Optional<PrivateKey> key = PemKey.read(pair, passwords, problems);
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        KeyEntry entry = new KeyEntry(pair.name(), key.get(), chain);
        KeyChecks.check(entry, pair.key(), pair.certificate(), problems);
        return Optional.of(entry);
    }
}
