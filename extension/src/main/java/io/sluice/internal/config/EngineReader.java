package io.sluice.internal.config;

import io.sluice.internal.settings.EngineKind;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.PreferenceList;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.Optional;

/** Reads what makes the engines of a context, and what they negotiate in a key exchange. */
final class EngineReader {

    static final String ENGINE = "engine";
    static final String PROVIDER = "provider";
    static final String GROUPS = "key-exchange-groups";
    static final String SCHEMES = "signature-schemes";
    static final String WARM_UP = "warm-up";

    /** More take minutes, and JSSE is compiled completely after fewer. */
    private static final int MOST_HANDSHAKES = 100_000;

    private final ContextProperties properties;
    private final Problems problems;

    EngineReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    EngineSettings read() {
        Optional<EngineKind> kind = properties.constant(ENGINE, EngineKind.class);
        Optional<Setting> engine = kind.flatMap(known -> properties.value(ENGINE));
        Optional<Setting> provider = properties.value(PROVIDER);
        if (kind.equals(Optional.of(EngineKind.BORINGSSL))) {
            provider.ifPresent(named -> problems.error(
                    named,
                    "it names a JSSE provider, but " + properties.name(ENGINE) + " is boringssl",
                    "Remove one of the two properties"));
        }
        return new EngineSettings(
                kind.orElse(EngineKind.JDK),
                engine,
                provider,
                list(GROUPS, "group", "X25519MLKEM768?,x25519,secp256r1"),
                list(SCHEMES, "signature scheme", "ecdsa_secp256r1_sha256,rsa_pss_rsae_sha256"),
                properties.number(WARM_UP, 0, MOST_HANDSHAKES).orElse(0));
    }

    private Optional<PreferenceList> list(String key, String what, String example) {
        Optional<PreferenceList> list = properties.value(key).map(PreferenceList::new);
        list.filter(given -> given.elements().isEmpty()
                        || given.elements().stream()
                                .anyMatch(element -> element.name().isEmpty()))
                .ifPresent(given -> problems.error(
                        given.setting(),
                        "the list holds " + (given.elements().isEmpty() ? "no " : "an empty ") + what,
                        "Use a list such as " + example + ", or remove the property"));
        return list;
    }
}
