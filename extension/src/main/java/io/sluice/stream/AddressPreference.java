package io.sluice.stream;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which of a host's addresses a connector tries first. The others follow. */
public enum AddressPreference {
    /** As the system orders them: the default. */
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
