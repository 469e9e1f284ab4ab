package io.sluice.stream.proxy;

import java.net.InetAddress;
import java.util.Objects;

/**
 * IP addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or a single address. Immutable.
 *
 * @param network an address of the range; its bits behind the prefix say nothing
 * @param prefix how many bits are common
 */
public record AddressRange(InetAddress network, int prefix) {

    /**
     * A range.
     *
     * @param network an address of the range
     * @param prefix how many bits are common
     * @throws IllegalArgumentException if the address has fewer bits
     */
    public AddressRange {
        int bits = Objects.requireNonNull(network, "network").getAddress().length * Byte.SIZE;
        if (prefix < 0 || prefix > bits) {
            throw new IllegalArgumentException(
                    "the prefix of " + network.getHostAddress() + " must be 0 to " + bits + ", not " + prefix);
        }
    }

    /**
     * Reads a range; no name is ever looked up.
     *
     * @param text an IPv4 or IPv6 address, alone or with {@code /} and the number of common bits
     * @return the range
     * @throws IllegalArgumentException if the text is neither
     */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress network = AddressLiteral.of(address).orElseThrow(() -> notOne(text));
        if (slash < 0) {
            return new AddressRange(network, network.getAddress().length * Byte.SIZE);
        }
        String prefix = text.substring(slash + 1);
        if (!prefix.matches("\\d{1,3}")) {
            throw notOne(text);
        }
        return new AddressRange(network, Integer.parseInt(prefix));
    }

    private static IllegalArgumentException notOne(String text) {
        return new IllegalArgumentException("\"" + text
                + "\" is no address or range of addresses: give 10.1.2.3, 10.0.0.0/8, ::1 or 2001:db8::/32, say");
    }

    /**
     * Whether an address is of this range.
     *
     * @param address any address
     * @return false also for one of the other family
     */
    public boolean contains(InetAddress address) {
        byte[] ours = network.getAddress();
        byte[] theirs = address.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        int whole = prefix / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (ours[i] != theirs[i]) {
                return false;
            }
        }
        int rest = Byte.SIZE - prefix % Byte.SIZE;
        return rest == Byte.SIZE || (ours[whole] & 0xff) >> rest == (theirs[whole] & 0xff) >> rest;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefix;
    }
}
