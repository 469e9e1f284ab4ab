package io.sluice.stream.proxy;

import io.sluice.internal.Internal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Parses IP addresses, without ever asking a name service.
 *
 * @hidden
 */
@Internal
public final class AddressLiteral {

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    /** A rough check only: the JDK parses the text, and never looks up a text with a colon. */
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:]*(" + V4.pattern() + ")?");

    private AddressLiteral() {}

    static Optional<InetAddress> of(String text) {
        return v4(text).or(() -> v6(text));
    }

    /**
     * Parses an IPv4 address in dotted decimal, without leading zeros.
     *
     * @param text the text
     * @return the address; empty if the text is something else
     */
    public static Optional<InetAddress> v4(String text) {
        return V4.matcher(text).matches() ? parsed(text) : Optional.empty();
    }

    /**
     * Parses an IPv6 address without a zone. Its last 32 bits may be an IPv4 address.
     *
     * @param text the text
     * @return the address; empty if the text is something else
     */
    public static Optional<InetAddress> v6(String text) {
        return V6.matcher(text).matches() ? parsed(text) : Optional.empty();
    }

    private static Optional<InetAddress> parsed(String literal) {
        try {
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
