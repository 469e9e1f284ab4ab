package io.sluice.internal.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * The address of a peer.
 *
 * @param host a name or an IP address
 * @param port 1 to 65535
 */
record PeerAddress(String host, int port) {

    /** An IPv6 address is in brackets, because it contains colons. */
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.%\\w]+)]|([^:\\[\\]\\s]+)):(\\d{1,5})");

    private static final int HIGHEST_PORT = 65_535;

    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Reads {@code host:port}. */
    static final class Converter implements ITypeConverter<PeerAddress> {

        Converter() {}

        @Override
        public PeerAddress convert(String text) {
            Matcher matcher = FORM.matcher(text.strip());
            if (matcher.matches()) {
                int port = Integer.parseInt(matcher.group(3));
                if (port >= 1 && port <= HIGHEST_PORT) {
                    return new PeerAddress(matcher.group(1) == null ? matcher.group(2) : matcher.group(1), port);
                }
            }
            throw new TypeConversionException("'" + text + "' is not host:port with a port from 1 to 65535. Write"
                    + " example.com:443, or [::1]:443 for an IPv6 address");
        }
    }
}
