package io.sluice.internal.jsse;

import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;

/** The name or address of the server that a client expects, as JSSE needs it. */
public final class PeerName {

    private PeerName() {}

    /** The name to check in the certificate: without the final dot of an absolute name, which no certificate has. */
    public static String expected(String name) {
        if (name.startsWith("[") && name.endsWith("]")) {
            return name.substring(1, name.length() - 1);
        }
        return name.length() > 1 && name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** The names to send (SNI): none for an address (RFC 6066, 3). */
    public static List<SNIServerName> sent(String name) {
        String expected = expected(name);
        if (isAddress(expected)) {
            return List.of();
        }
        try {
            return List.of(new SNIHostName(expected));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "the initarg 'serverName' is '" + name + "', which is not a host name. Pass a DNS name", e);
        }
    }

    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
