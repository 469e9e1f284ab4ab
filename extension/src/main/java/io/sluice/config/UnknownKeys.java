package io.sluice.config;

import io.sluice.context.material.Problem;
import io.sluice.context.material.Problems;
import java.util.Optional;

/** Tells of properties under the prefix that nothing reads. */
final class UnknownKeys {

    private UnknownKeys() {}

    static void check(ListedKey listed, PropertyReader reader, Problems problems) {
        if (listed.key().isEmpty()) {
            report(
                    listed,
                    reader,
                    "the name lacks a context or a key",
                    "Write sluice.ssl.<name>.<key>, such as sluice.ssl.web.protocols",
                    problems);
        } else if (!ContextNames.isValid(listed.name())) {
            report(listed, reader, ContextNames.fault(listed.name()), ContextNames.REMEDY, problems);
        } else if (listed.name().equals(ContextNames.NONE)) {
            report(
                    listed,
                    reader,
                    "the context 'none' is plain and has no settings",
                    "Give the context another name",
                    problems);
        } else if (!ContextKeys.isKnown(listed.key())) {
            report(
                    listed,
                    reader,
                    "there is no key '" + listed.key() + "'" + ContextKeys.suggest(listed.key()),
                    "Correct the name, or remove the property",
                    problems);
        }
    }

    private static void report(
            ListedKey listed, PropertyReader reader, String fault, String remedy, Problems problems) {
        Optional<String> source = Optional.of(reader.source(listed.property()));
        problems.error(new Problem(listed.property(), source, fault, remedy));
    }
}
