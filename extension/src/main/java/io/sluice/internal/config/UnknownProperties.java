package io.sluice.internal.config;

import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reports the properties below {@code sluice.} that nothing reads, but for those of endpoints, which are known later. */
final class UnknownProperties {
    private static final String ROOT = "sluice.";
    private static final String SSL = ContextSettings.PREFIX.substring(0, ContextSettings.PREFIX.length() - 1);
    private static final String ENDPOINT = EndpointKeys.PREFIX.substring(0, EndpointKeys.PREFIX.length() - 1);

    private final PropertyReader reader;
    private final OptionalPrefixes optional;
    private final Problems problems;

    UnknownProperties(PropertyReader reader, OptionalPrefixes optional, Problems problems) {
        this.reader = reader;
        this.optional = optional;
        this.problems = problems;
    }

    void check() {
        reader.names().forEach(ROOT, property -> {
            if (!reader.names().isFromEnvironment(property)) {
                check(property);
            }
        });
        UnknownKeys keys = new UnknownKeys(reader, problems);
        reader.names().forEachKey(ContextSettings.PREFIX, listed -> {
            if (!listed.isFromEnvironment()) {
                keys.check(listed);
            }
        });
    }

    private void check(String property) {
        String rest = property.substring(ROOT.length());
        String part = rest.split("\\.", 2)[0];
        String prefix = ROOT + part;
        Optional<String> jar = optional.missingJar(property);
        if (prefix.equals(SSL) || prefix.equals(ENDPOINT) || optional.isRead(property)) {
            return;
        }
        if (prefix.equals(ContextNames.LIST) || prefix.startsWith(ContextNames.LIST + "[")) {
            checkList(property);
        } else if (jar.isPresent()) {
            report(
                    property,
                    "it is a property of " + jar.get() + ", which is missing",
                    "Add the dependency " + jar.get() + ", or remove the property");
        } else {
            report(
                    property,
                    "there is no '" + part + "' below 'sluice.'" + suggest(part, rest),
                    "Correct the name, or remove the property");
        }
    }

    private void checkList(String property) {
        if (!property.substring(ContextNames.LIST.length()).matches("|\\.\\d+|\\[\\d+]")) {
            report(
                    property,
                    ContextNames.LIST + " is a list of names, with no keys below it",
                    "Write " + ContextSettings.PREFIX + "<name>.<key>, such as " + ContextSettings.PREFIX
                            + "web.protocols");
        }
    }

    private String suggest(String part, String rest) {
        Set<String> known = new TreeSet<>();
        Stream.concat(optional.all().stream(), Stream.of(SSL, ENDPOINT, ContextNames.LIST))
                .filter(prefix -> prefix.startsWith(ROOT))
                .forEach(prefix -> known.add(prefix.substring(ROOT.length())));
        String near = NearNames.suggest(part, known);
        return near.isEmpty() ? suggestPrefix(rest) : near;
    }

    /** For a key that is known but lacks its prefix, with or without the name of a context or an endpoint. */
    private static String suggestPrefix(String rest) {
        List<String> meant = Stream.of(
                        meant(ContextSettings.PREFIX, rest, ContextKeys::isKnown),
                        meant(EndpointKeys.PREFIX, rest, EndpointKeys::isKnown))
                .flatMap(Optional::stream)
                .toList();
        return meant.isEmpty() ? "" : " (did you mean " + String.join(" or ", meant) + "?)";
    }

    private static Optional<String> meant(String prefix, String rest, Predicate<String> isKnown) {
        if (isKnown.test(rest)) {
            return Optional.of(prefix + "<name>." + rest);
        }
        return isKnown.test(rest.substring(rest.indexOf('.') + 1)) ? Optional.of(prefix + rest) : Optional.empty();
    }

    private void report(String property, String fault, String remedy) {
        problems.error(new Problem(property, Optional.of(reader.source(property)), fault, remedy));
    }

    /** Reports properties of contexts that nothing reads. */
    private record UnknownKeys(PropertyReader reader, Problems problems) {
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
            problems.error(
                    new Problem(listed.property(), Optional.of(reader.source(listed.property())), fault, remedy));
        }
    }
}
