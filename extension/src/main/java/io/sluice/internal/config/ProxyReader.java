package io.sluice.internal.config;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.stream.proxy.AddressRange;
import io.sluice.stream.proxy.ProxyProtocol;
import io.sluice.stream.proxy.ProxyVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the balancers in front of an endpoint.
 *
 * @param prefix the beginning of its properties
 */
record ProxyReader(PropertyReader reader, Problems problems, String prefix) {

    static final String NONE = "none";

    private static final String PROTOCOL = EndpointKeys.PROXY_PROTOCOL.name();
    private static final String TRUSTED = EndpointKeys.TRUSTED_PROXIES.name();

    /** The settings; empty if no header is expected, or if no balancer may send one, which is reported. */
    Optional<ProxyProtocol> read() {
        Optional<Setting> set = reader.value(prefix + PROTOCOL);
        Optional<Setting> protocol = reader.oneOf(prefix + PROTOCOL, EndpointKeys.PROXY_PROTOCOL);
        Optional<Setting> trusted = reader.list(prefix + TRUSTED);
        if (set.isPresent() && protocol.isEmpty()) {
            return Optional.empty();
        }
        if (protocol.isEmpty() || protocol.get().value().equals(NONE)) {
            trusted.ifPresent(unused -> problems.error(
                    unused,
                    "it has no effect, because no proxy-protocol is set",
                    "Set " + prefix + PROTOCOL + " to v1, v2 or any, or remove this property"));
            return Optional.empty();
        }
        if (trusted.isEmpty()) {
            problems.error(
                    protocol.get(),
                    "no balancer is trusted, so every connection would be refused",
                    "Set " + prefix + TRUSTED + " to the balancers' addresses, such as 10.1.0.0/16,10.2.0.7");
            return Optional.empty();
        }
        ProxyVersion version = ProxyVersion.valueOf(protocol.get().value().toUpperCase(Locale.ROOT));
        List<AddressRange> ranges = ranges(trusted.get());
        return ranges.isEmpty() ? Optional.empty() : Optional.of(new ProxyProtocol(version, ranges));
    }

    private List<AddressRange> ranges(Setting trusted) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String range : trusted.value().split(",", -1)) {
            try {
                ranges.add(AddressRange.of(range.strip()));
            } catch (IllegalArgumentException e) {
                problems.error(trusted, String.valueOf(e.getMessage()), "Use addresses, not host names");
            }
        }
        return ranges;
    }
}
