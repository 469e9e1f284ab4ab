package io.sluice.internal.material;

import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Setting;
import java.security.Security;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What to say of a key store type that no provider has. */
final class StoreTypes {

    /** Types that exist although this JVM does not have them: a near name would not be what was meant. */
    private static final Map<String, String> PROVIDERS = Map.of(
            "PKCS11", "SunPKCS11, configured for the token",
            "BCFKS", "BouncyCastle (org.bouncycastle:bcprov-jdk18on)",
            "BKS", "BouncyCastle (org.bouncycastle:bcprov-jdk18on)",
            "UBER", "BouncyCastle (org.bouncycastle:bcprov-jdk18on)",
            "WINDOWS-MY", "SunMSCAPI, which only Windows has",
            "WINDOWS-ROOT", "SunMSCAPI, which only Windows has",
            "KEYCHAINSTORE", "Apple, which only macOS has");

    private StoreTypes() {}

    static Problem unknown(Setting type) {
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
