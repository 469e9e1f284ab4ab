package io.sluice.stream;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The addresses of a host that a connector tries first. It tries the others afterwards. */
public enum AddressPreference {
    /** The system's order, which is the default. */
    SYSTEM,
    /** IPv4 first. */
    IPV4,
    /** IPv6 first. */
    IPV6;

    List<InetAddress> ordered(InetAddress[] addresses) {
        return Arrays.stream(addresses).sorted(Comparator.comparing(this::rank)).toList();
    }

    private int rank(InetAddress address) {
        return switch (this) {
            case SYSTEM -> 0;
            case IPV4 -> address instanceof Inet4Address ? 0 : 1;
            case IPV6 -> address instanceof Inet6Address ? 0 : 1;
        };
    }
}
