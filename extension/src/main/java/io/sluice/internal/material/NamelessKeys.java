package io.sluice.internal.material;

import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.SniSettings;
import java.util.List;

/** Reports a choice of keys by name that has nothing to choose from. */
final class NamelessKeys {

    private NamelessKeys() {}

    /** Checks the keys of a store or of a bean, unless they could not be read. */
    static void check(List<KeyEntry> entries, ContextSettings settings, Problems problems) {
        SniSettings sni = settings.sni();
        if (problems.hasErrors()) {
            return;
        }
        if (entries.isEmpty()) {
            sni.choice()
                    .ifPresent(choice -> problems.error(
                            choice,
                            "the context has no key, so none can be chosen by name",
                            "Configure a key under " + settings.property("key-store.…") + ", or remove this property"));
        } else if (OfferedKey.inOrder(entries).stream()
                .allMatch(key -> key.hostNames().isEmpty())) {
            sni.refuseUnmatched()
                    .ifPresent(refuse -> problems.error(
                            refuse,
                            "no certificate of the context has a DNS name, so every name that a client sends is refused",
                            "Use a certificate with subject alternative names, or remove this property"));
        }
    }
}
