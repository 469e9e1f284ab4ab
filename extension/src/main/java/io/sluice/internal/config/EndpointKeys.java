package io.sluice.internal.config;

import io.sluice.internal.settings.NearNames;
import java.util.Set;
import java.util.TreeSet;

/** The keys of an endpoint: what may stand behind {@code sluice.endpoint.<name>.} */
final class EndpointKeys {

    static final String PREFIX = "sluice.endpoint.";

    private static final Set<String> KNOWN = Set.of(
            "enabled",
            "port",
            "address",
            "ssl",
            "backlog",
            "reuse-address",
            "reuse-port",
            "no-delay",
            "keep-alive",
            "receive-buffer",
            "send-buffer",
            "read-timeout",
            "write-timeout",
            "handshake-timeout",
            "close-timeout",
            "max-connections",
            "when-full",
            "threads",
            "drain-timeout",
            ProxyReader.PROTOCOL,
            ProxyReader.TRUSTED);

    private EndpointKeys() {}

    static boolean isKnown(String key) {
        return KNOWN.contains(key)
                || Indexes.base(key).filter(ProxyReader.TRUSTED::equals).isPresent();
    }

    /** Whether a key that takes one value has a number after it. */
    static boolean isIndexedInVain(String key) {
        return !isKnown(key) && Indexes.base(key).filter(KNOWN::contains).isPresent();
    }

    static String suggest(String key) {
        Set<String> known = new TreeSet<>(KNOWN);
        Indexes.base(key).ifPresent(base -> known.add(ProxyReader.TRUSTED + key.substring(base.length())));
        return NearNames.suggest(key, known);
    }
}
