package io.sluice.stream.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * That connections begin with a PROXY header, and whose header is believed: anybody else could claim to be anyone. Immutable.
 *
 * @param version which versions are accepted
 * @param trusted the balancers' addresses, at least one
 */
public record ProxyProtocol(ProxyVersion version, List<AddressRange> trusted) {

    /**
     * What to accept, and from whom.
     *
     * @param version which versions are accepted
     * @param trusted the balancers' addresses
     * @throws IllegalArgumentException if there is none
     */
    public ProxyProtocol {
        Objects.requireNonNull(version, "version");
        trusted = List.copyOf(trusted);
        if (trusted.isEmpty()) {
            throw new IllegalArgumentException(
                    "the PROXY protocol needs the balancers' addresses: no other is trusted");
        }
    }

    /**
     * The same from text.
     *
     * @param version which versions are accepted
     * @param trusted addresses and ranges, as {@link AddressRange#of} reads them
     * @return what to accept, and from whom
     * @throws IllegalArgumentException if there is none, or one that cannot be read
     */
    public static ProxyProtocol from(ProxyVersion version, String... trusted) {
        return new ProxyProtocol(
                version, Stream.of(trusted).map(AddressRange::of).toList());
    }

    /**
     * Whether headers from an address are believed.
     *
     * @param balancer the TCP connection's other side
     * @return whether one of the ranges has it
     */
    public boolean trusts(InetAddress balancer) {
        return trusted.stream().anyMatch(range -> range.contains(balancer));
    }
}
