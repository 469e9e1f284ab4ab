package io.sluice.internal.config;

import io.sluice.internal.settings.EngineKind;
import io.sluice.internal.settings.EngineSettings;
import io.sluice.internal.settings.PreferenceList;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.util.Optional;

/** Reads what makes the engines of a context, and what they negotiate in a key exchange. */
final class EngineReader {

    private final ContextProperties properties;
    private final Problems problems;

    EngineReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    EngineSettings read() {
        Optional<EngineKind> kind = properties.constant(ParameterKeys.ENGINE, EngineKind.class);
        Optional<Setting> engine = kind.flatMap(known -> properties.value(ParameterKeys.ENGINE));
        Optional<Setting> provider = properties.value(ParameterKeys.PROVIDER);
        if (kind.equals(Optional.of(EngineKind.BORINGSSL))) {
            provider.ifPresent(named -> problems.error(
                    named,
                    "it names a JSSE provider, but " + properties.name(ParameterKeys.ENGINE) + " is boringssl",
                    "Remove one of the two properties"));
        }
        return new EngineSettings(
                kind.orElse(ParameterKeys.ENGINE.defaultOf(EngineKind.class)),
                engine,
                provider,
                list(ParameterKeys.KEY_EXCHANGE_GROUPS, "group", "X25519MLKEM768?,x25519,secp256r1"),
                list(ParameterKeys.SIGNATURE_SCHEMES, "signature scheme", "ecdsa_secp256r1_sha256,rsa_pss_rsae_sha256"),
                properties.number(ParameterKeys.WARM_UP).orElse(ParameterKeys.WARM_UP.defaultNumber()));
    }

    private Optional<PreferenceList> list(Key key, String what, String example) {
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
