package io.sluice.internal.boringssl;

import io.sluice.internal.settings.EngineSettings;
import java.util.List;

/** The groups for the key exchange that BoringSSL has. */
final class Groups {

    /** The default order: the hybrid group first, because it resists quantum computers, and peers without it choose another one. */
    static final List<String> KNOWN = List.of("X25519MLKEM768", "x25519", "secp256r1", "secp384r1", "secp521r1");

    private Groups() {}

    /** Those of a context, the preferred one first. Netty would otherwise take the JVM's property. */
    static List<String> of(EngineSettings settings) {
        return settings.keyExchangeGroups().map(groups -> groups.usable(KNOWN)).orElse(KNOWN);
    }
}
