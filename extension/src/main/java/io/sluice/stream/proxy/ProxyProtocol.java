package io.sluice.stream.proxy;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Requires connections to begin with a PROXY header from a trusted balancer. Anyone else could claim any client address. Immutable.
 * Thread-safe.
 *
 * @param version the accepted versions
 * @param trusted the balancers' addresses, at least one
 */
public record ProxyProtocol(ProxyVersion version, List<AddressRange> trusted) {

    /**
     * Creates the requirement.
     *
     * @param version the accepted versions
     * @param trusted the balancers' addresses
     * @throws IllegalArgumentException if there is no address
     */
    public ProxyProtocol {
        Objects.requireNonNull(version, "version");
        trusted = List.copyOf(trusted);
        if (trusted.isEmpty()) {
            throw new IllegalArgumentException(
                    "the PROXY protocol requires the addresses of the trusted balancers, at least one");
        }
    }

    /**
     * Creates the requirement from addresses as text.
     *
     * @param version the accepted versions
     * @param trusted addresses and ranges in the form of {@link AddressRange#of}
     * @return the requirement
     * @throws IllegalArgumentException if there is no address, or an address is invalid
     */
    public static ProxyProtocol from(ProxyVersion version, String... trusted) {
        return new ProxyProtocol(
                version, Stream.of(trusted).map(AddressRange::of).toList());
    }

    /**
     * Returns whether headers from an address are trusted.
     *
     * @param balancer the remote address of the TCP connection
     * @return true if one of the ranges contains it
     */
    public boolean trusts(InetAddress balancer) {
        return trusted.stream().anyMatch(range -> range.contains(balancer));
    }
}
