package io.sluice.internal.material;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.SniSettings;
import java.util.List;

/** Reports that every client would be refused, because no certificate has a name. */
final class NamelessKeys {

    private NamelessKeys() {}

    static void check(List<KeyEntry> entries, SniSettings sni, Problems problems) {
        boolean anyNamed = OfferedKey.inOrder(entries).stream()
                .anyMatch(key -> !key.hostNames().isEmpty());
        if (!entries.isEmpty() && !anyNamed) {
            sni.refuseUnmatched()
                    .ifPresent(refuse -> problems.error(
                            refuse,
                            "no certificate of the context has a DNS name, so every name that a client sends is refused",
                            "Use a certificate with subject alternative names, or remove this property"));
        }
    }
}
