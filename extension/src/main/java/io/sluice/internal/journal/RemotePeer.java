package io.sluice.internal.journal;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * A peer, by its address or by the name with which this side looked for it.
 *
 * @param host the address, or the name
 * @param port the port
 * @param network the network of the address, 24 bits of IPv4 or 48 bits of IPv6, which is shown if peers are not named; fixed words if there
 *     is no address
 */
public record RemotePeer(String host, int port, String network) {

    private static final String NOT_SHOWN = "not shown";

    /** Whatever matches is not looked up. No name of a host has a colon. */
    private static final Pattern LITERAL = Pattern.compile("((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}(?<!\\.)|.*:.*");

    private static final int BITS_4 = 24;
    private static final int BITS_6 = 48;

    /**
     * Names the peer of a connection.
     *
     * @param address the peer's address
     * @return the peer
     */
    public static RemotePeer of(SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress() != null) {
            return new RemotePeer(inet.getAddress().getHostAddress(), inet.getPort(), network(inet.getAddress()));
        }
        return address instanceof InetSocketAddress inet
                ? new RemotePeer(inet.getHostString(), inet.getPort(), NOT_SHOWN)
                : new RemotePeer(String.valueOf(address), 0, NOT_SHOWN);
    }

    /**
     * Names a peer to which there is no connection.
     *
     * @param target the host and the port
     * @return the peer
     */
    public static RemotePeer of(String target) {
        int colon = target.lastIndexOf(':');
        String host = target.substring(0, colon);
        return new RemotePeer(host, Integer.parseInt(target.substring(colon + 1)), network(host));
    }

    private static String network(String host) {
        try {
            return LITERAL.matcher(host).matches() ? network(InetAddress.getByName(host)) : NOT_SHOWN;
        } catch (UnknownHostException e) {
            return NOT_SHOWN;
        }
    }

    private static String network(InetAddress address) {
        int bits = address instanceof Inet4Address ? BITS_4 : BITS_6;
        byte[] bytes = address.getAddress();
        Arrays.fill(bytes, bits / Byte.SIZE, bytes.length, (byte) 0);
        try {
            return InetAddress.getByAddress(bytes).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has a valid length", e);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
