package io.sluice.stream.proxy;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Objects;

/**
 * A range of IP addresses that begin with the same bits, such as {@code 10.0.0.0/8} or {@code 2001:db8::/32}, or a single address.
 * Immutable. Thread-safe.
 *
 * @param network an address of the range; the bits after the prefix are ignored
 * @param prefix the number of common bits
 */
public record AddressRange(InetAddress network, int prefix) {

    /**
     * Creates a range.
     *
     * @param network an address of the range
     * @param prefix the number of common bits
     * @throws IllegalArgumentException if the address has fewer bits, or the number is negative
     */
    public AddressRange {
        int bits = Objects.requireNonNull(network, "network").getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException("the prefix of " + network.getHostAddress() + " must be between 0 and "
                    + bits + ", but is " + prefix);
        }
    }

    /**
     * Parses a range. No name is ever looked up.
     *
     * @param text an IPv4 or IPv6 address, alone or followed by {@code /} and the number of common bits
     * @return the range
     * @throws IllegalArgumentException if the text is neither an address nor a range
     */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress network = AddressLiteral.of(address).orElseThrow(() -> invalid(text));
        if (slash < 0) {
            return new AddressRange(network, network.getAddress().length * Byte.SIZE);
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("\\d{1,3}")) {
            throw invalid(text);
        }
        return new AddressRange(network, Integer.parseInt(prefix));
    }

    private static IllegalArgumentException invalid(String text) {
        return new IllegalArgumentException("'" + text + "' is not an IP address or a range of addresses."
                + " Use for example 10.1.2.3, 10.0.0.0/8, ::1 or 2001:db8::/32");
    }

    /**
     * Returns whether an address belongs to this range.
     *
     * @param address any address
     * @return true if it does; false for an address of the other family
     */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        int whole = prefix / Byte.SIZE;
        if (ours.length != theirs.length || !Arrays.equals(ours, 0, whole, theirs, 0, whole)) {
            return false;
        }
        int rest = Byte.SIZE - prefix % Byte.SIZE;
        return rest == Byte.SIZE || (ours[whole] & 0xff) >> rest == (theirs[whole] & 0xff) >> rest;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
