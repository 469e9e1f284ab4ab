package io.sluice.internal.proxy;

import io.sluice.stream.proxy.AddressLiteral;
import io.sluice.stream.proxy.ProxyHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Version 1: a line of text, at most 107 bytes with its CR LF. */
final class ProxyHeaderV1 {

    private static final int LONGEST = 107;
    private static final int FIELDS = 6;
    private static final Pattern PORT = Pattern.compile("0|[1-9]\\d{0,4}");
    private static final int HIGHEST_PORT = 65_535;

    private ProxyHeaderV1() {}

    static ProxyHeader read(byte[] start, ProxyBytes bytes) throws IOException, ProxyHeaderException {
        byte[] line = new byte[LONGEST];
        System.arraycopy(start, 0, line, 0, start.length);
        int n = start.length;
        boolean ended = ends(line, 0, n);
        while (!ended) {
            if (n == LONGEST) {
                throw malformed("does not end within " + LONGEST + " bytes", line, n);
            }
            // Two bytes end a line, so reading at most two bytes never consumes a byte after it.
            int more = line[n - 1] == '\r' ? 1 : Math.min(2, LONGEST - n);
            int before = n;
            n += bytes.read(line, n, more);
            ended = ends(line, before, n);
        }
        return parsed(new String(line, 0, n - 2, StandardCharsets.ISO_8859_1));
    }

    private static boolean ends(byte[] line, int from, int n) throws ProxyHeaderException {
        for (int i = Math.max(1, from); i < n; i++) {
            if ((line[i - 1] == '\r') != (line[i] == '\n') || line[i] == '\n' && i < n - 1) {
                throw malformed("does not end with CR LF", line, n);
            }
        }
        return line[n - 1] == '\n';
    }

    private static ProxyHeader parsed(String line) throws ProxyHeaderException {
        String[] fields = line.split(" ", -1);
        if (fields[1].equals("UNKNOWN")) {
            return ProxyHeader.withoutAddresses(1, false, List.of());
        }
        boolean v4 = fields[1].equals("TCP4");
        if (!v4 && !fields[1].equals("TCP6")) {
            throw malformed("names a protocol other than TCP4, TCP6 and UNKNOWN", line);
        }
        if (fields.length != FIELDS) {
            throw malformed("does not have two addresses and two ports", line);
        }
        return new ProxyHeader(
                1,
                false,
                Optional.of(address(fields[2], fields[4], v4, line)),
                Optional.of(address(fields[3], fields[5], v4, line)),
                List.of());
    }

    private static InetSocketAddress address(String host, String port, boolean v4, String line)
            throws ProxyHeaderException {
        Optional<InetAddress> address = v4 ? AddressLiteral.v4(host) : AddressLiteral.v6(host);
        if (address.isEmpty()) {
            throw malformed("has an address that is not an " + (v4 ? "IPv4" : "IPv6") + " address", line);
        }
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > HIGHEST_PORT) {
            throw malformed("has an invalid port", line);
        }
        return new InetSocketAddress(address.get(), Integer.parseInt(port));
    }

    private static ProxyHeaderException malformed(String how, byte[] line, int n) {
        return malformed(how, new String(line, 0, n, StandardCharsets.ISO_8859_1));
    }

    /** The line comes from an unknown peer, so characters that could forge a log entry are replaced. */
    private static ProxyHeaderException malformed(String how, String line) {
        return new ProxyHeaderException("the PROXY line " + how + ": '" + line.replaceAll("[^ -~]", "?") + "'");
    }
}
