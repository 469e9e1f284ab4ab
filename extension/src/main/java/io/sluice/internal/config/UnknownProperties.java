package io.sluice.internal.config;

import io.sluice.internal.config.ListedNames.ListedKey;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports the properties below {@code sluice.} that nothing reads. */
final class UnknownProperties {
    private static final String ROOT = "sluice.";
    private static final PropertyKeys CONTEXT = ContextKeys.KEYS;
    private static final PropertyKeys ENDPOINT = EndpointKeys.KEYS;
    private static final PropertyKeys CLIENT = ClientKeys.KEYS;
    private static final String SSL_PART = withoutDot(CONTEXT.prefix());
    private static final String ENDPOINT_PART = withoutDot(ENDPOINT.prefix());

    /** The keys of the whole application, by their prefixes without the dot. */
    private static final Map<String, Set<String>> OF_APPLICATION = Map.of(
            withoutDot(JournalKeys.PREFIX), names(JournalKeys.TABLE),
            withoutDot(ManagementKeys.PREFIX), names(ManagementKeys.TABLE));

    private final PropertyReader reader;
    private final Problems problems;

    UnknownProperties(PropertyReader reader, Problems problems) {
        this.reader = reader;
        this.problems = problems;
    }

    private static String withoutDot(String prefix) {
        return prefix.substring(0, prefix.length() - 1);
    }

    private static Set<String> names(KeyTable table) {
        return table.keys().map(Key::name).collect(Collectors.toSet());
    }

    /** Checks everything except the keys of endpoints. */
    void check(OptionalPrefixes optional) {
        reader.names().forEach(ROOT, property -> {
            if (!reader.names().isFromEnvironment(property)) {
                check(property, optional);
            }
        });
        forEachKey(CONTEXT, this::checkContextKey);
    }

    /**
     * Checks the keys of endpoints.
     *
     * @param endpoints the names of all endpoints
     */
    void checkEndpoints(Set<String> endpoints) {
        forEachKey(ENDPOINT, listed -> checkEndpointKey(listed, endpoints));
    }

    /**
     * Checks the keys of clients.
     *
     * @param clients the names of all clients
     */
    void checkClients(Set<String> clients) {
        forEachKey(CLIENT, listed -> checkClientKey(listed, clients));
    }

    /** Checks the keys of the health checks. */
    void checkHealth() {
        reader.names().forEach(HealthKeys.PREFIX, property -> {
            if (OptionalPrefixes.isBelow(property, HealthKeys.PREFIX)
                    && !reader.names().isFromEnvironment(property)) {
                checkName(property, names(HealthKeys.TABLE));
            }
        });
    }

    private void forEachKey(PropertyKeys keys, Consumer<ListedKey> check) {
        reader.names().forEachKey(keys.prefix(), listed -> {
            if (!listed.isFromEnvironment()) {
                check.accept(listed);
            }
        });
    }

    private void checkContextKey(ListedKey listed) {
        if (listed.key().isEmpty()) {
            report(
                    listed.property(),
                    "the name has no context or no key",
                    "Write sluice.ssl.<name>.<key>, such as sluice.ssl.web.protocols");
        } else if (!ContextName.isValid(listed.name())) {
            report(listed.property(), ContextName.invalid(listed.name()), ContextName.FORM);
        } else if (ContextName.NONE.is(listed.name())) {
            report(listed.property(), ContextKeys.NONE_FAULT, "Give the context another name");
        } else {
            checkKey(listed, CONTEXT, ENDPOINT);
        }
    }

    private void checkEndpointKey(ListedKey listed, Set<String> endpoints) {
        if (listed.key().isEmpty()) {
            report(
                    listed.property(),
                    "the name has no endpoint or no key",
                    "Write sluice.endpoint.<name>.<key>, such as sluice.endpoint.web.port");
        } else if (!endpoints.contains(listed.name())) {
            report(
                    listed.property(),
                    "there is no endpoint '" + listed.name() + "'" + NearNames.suggest(listed.name(), endpoints),
                    "Correct the name, remove the property, or annotate a method of a bean with @SocketEndpoint(\""
                            + listed.name() + "\")");
        } else {
            checkKey(listed, ENDPOINT, CONTEXT);
        }
    }

    private void checkClientKey(ListedKey listed, Set<String> clients) {
        if (listed.key().isEmpty()) {
            report(
                    listed.property(),
                    "the name has no client or no key",
                    "Write sluice.client.<name>.<key>, such as sluice.client.lab.addresses");
        } else if (!clients.contains(listed.name())) {
            report(
                    listed.property(),
                    "no injection point has the client '" + listed.name() + "'"
                            + NearNames.suggest(listed.name(), clients),
                    "Correct the name, remove the property, or inject the client with @SocketClient(\"" + listed.name()
                            + "\")");
        } else {
            checkKey(listed, CLIENT, CONTEXT);
        }
    }

    private void checkKey(ListedKey listed, PropertyKeys keys, PropertyKeys others) {
        String key = listed.key();
        if (keys.isIndexedSingleValue(key)) {
            report(listed.property(), "the key takes one value, not a list", "Write it without the number");
        } else if (!keys.isKnown(key)) {
            String near = keys.suggest(key);
            String suggestion = near.isEmpty() && others.isKnown(key)
                    ? " (did you mean " + others.prefix() + listed.name() + "." + key + "?)"
                    : near;
            report(
                    listed.property(),
                    "there is no key '" + key + "'" + suggestion,
                    "Correct the name, or remove the property");
        }
    }

    private void check(String property, OptionalPrefixes optional) {
        String rest = property.substring(ROOT.length());
        String part = rest.split("\\.", 2)[0];
        String prefix = ROOT + part;
        Optional<String> jar = optional.missingJar(property);
        if (prefix.equals(SSL_PART) || prefix.equals(ENDPOINT_PART) || optional.isRead(property)) {
            return;
        }
        Set<String> ofApplication = OF_APPLICATION.get(prefix);
        if (ofApplication != null) {
            checkName(property, ofApplication);
        } else if (prefix.equals(ContextKeys.LIST) || prefix.startsWith(ContextKeys.LIST + "[")) {
            checkList(property);
        } else if (jar.isPresent()) {
            report(
                    property,
                    "it is a property of " + jar.get() + ", which is missing",
                    "Add the dependency " + jar.get() + ", or remove the property");
        } else {
            report(
                    property,
                    "there is no '" + part + "' below 'sluice.'" + suggest(part, rest, optional),
                    "Correct the name, or remove the property");
        }
    }

    private void checkName(String property, Set<String> known) {
        if (!known.contains(property)) {
            report(
                    property,
                    "there is no such property" + NearNames.suggest(property, known),
                    "Correct the name, or remove the property");
        }
    }

    private void checkList(String property) {
        if (!property.substring(ContextKeys.LIST.length()).matches("|\\.\\d+|\\[\\d+]")) {
            report(
                    property,
                    ContextKeys.LIST + " is a list of names, with no keys below it",
                    "Write " + ContextSettings.PREFIX + "<name>.<key>, such as " + ContextSettings.PREFIX
                            + "web.protocols");
        }
    }

    private static String suggest(String part, String rest, OptionalPrefixes optional) {
        Set<String> known = new TreeSet<>();
        Stream.of(optional.all(), OF_APPLICATION.keySet(), Set.of(SSL_PART, ENDPOINT_PART, ContextKeys.LIST))
                .flatMap(Set::stream)
                .filter(prefix -> prefix.startsWith(ROOT))
                .forEach(prefix -> known.add(prefix.substring(ROOT.length())));
        String near = NearNames.suggest(part, known);
        return near.isEmpty() ? suggestPrefix(rest) : near;
    }

    private static String suggestPrefix(String rest) {
        List<String> meant = Stream.of(CONTEXT, ENDPOINT)
                .flatMap(keys -> keys.meantBy(rest).stream())
                .toList();
        return meant.isEmpty() ? "" : " (did you mean " + String.join(" or ", meant) + "?)";
    }

    private void report(String property, String fault, String remedy) {
        problems.error(new Problem(property, Optional.of(reader.source(property)), fault, remedy));
    }
}
