package io.sluice.internal.config;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.Optional;

/** Reports properties of contexts that nothing reads. */
record UnknownKeys(PropertyReader reader, Problems problems) {
    void check(ListedKey listed) {
        String key = listed.key();
        if (key.isEmpty()) {
            report(
                    listed,
                    "the name lacks a context or a key",
                    "Write sluice.ssl.<name>.<key>, such as sluice.ssl.web.protocols");
        } else if (!ContextNames.isValid(listed.name())) {
            report(listed, ContextNames.fault(listed.name()), ContextNames.REMEDY);
        } else if (listed.name().equals(ContextNames.NONE)) {
            report(listed, ContextNames.NONE_FAULT, "Give the context another name");
        } else if (ContextKeys.isIndexedInVain(key)) {
            report(listed, "the key takes one value, not a list", "Write it without the number");
        } else if (!ContextKeys.isKnown(key)) {
            report(
                    listed,
                    "there is no key '" + key + "'" + suggest(listed),
                    "Correct the name, or remove the property");
        }
    }

    private static String suggest(ListedKey listed) {
        String near = ContextKeys.suggest(listed.key());
        return near.isEmpty() && EndpointKeys.isKnown(listed.key())
                ? " (did you mean " + EndpointKeys.PREFIX + listed.name() + "." + listed.key() + "?)"
                : near;
    }

    private void report(ListedKey listed, String fault, String remedy) {
        problems.error(new Problem(listed.property(), Optional.of(reader.source(listed.property())), fault, remedy));
    }
}
