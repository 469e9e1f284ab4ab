package io.sluice.internal.config;

import io.sluice.internal.settings.ContextSettings;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import java.util.Optional;
import java.util.Set;

/**
 * Reports properties of endpoints that nothing reads.
 *
 * @param endpoints the names of the endpoints there are
 */
record UnknownEndpointKeys(Set<String> endpoints, PropertyReader reader, Problems problems) {

    void check(ListedKey listed) {
        if (listed.key().isEmpty()) {
            report(
                    listed,
                    "the name lacks an endpoint or a key",
                    "Write sluice.endpoint.<name>.<key>, such as sluice.endpoint.web.port");
        } else if (!endpoints.contains(listed.name())) {
            report(
                    listed,
                    "there is no endpoint '" + listed.name() + "'" + NearNames.suggest(listed.name(), endpoints),
                    "Correct the name, remove the property, or annotate a method of a bean with @SocketEndpoint(\""
                            + listed.name() + "\")");
        } else if (EndpointKeys.isIndexedInVain(listed.key())) {
            report(listed, "the key takes one value, not a list", "Write it without the number");
        } else if (!EndpointKeys.isKnown(listed.key())) {
            report(
                    listed,
                    "there is no key '" + listed.key() + "'" + suggest(listed),
                    "Correct the name, or remove the property");
        }
    }

    private static String suggest(ListedKey listed) {
        String near = EndpointKeys.suggest(listed.key());
        return near.isEmpty() && ContextKeys.isKnown(listed.key())
                ? " (did you mean " + ContextSettings.PREFIX + listed.name() + "." + listed.key() + "?)"
                : near;
    }

    private void report(ListedKey listed, String fault, String remedy) {
        problems.error(new Problem(listed.property(), Optional.of(reader.source(listed.property())), fault, remedy));
    }
}
