package io.sluice.internal.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/** The families of addresses of version 2, in the order of their numbers. */
enum ProxyFamily {
    UNSPECIFIED(0),
    IPV4(4),
    IPV6(16),
    UNIX(108);

    /** Of one host. */
    private final int size;

    ProxyFamily(int size) {
        this.size = size;
    }

    static Optional<ProxyFamily> of(int number) {
        return number < values().length ? Optional.of(values()[number]) : Optional.empty();
    }

    /** How many bytes both addresses take, with the ports of IP. */
    int bytes() {
        return 2 * size + (isIp() ? 2 * Short.BYTES : 0);
    }

    private boolean isIp() {
        return this == IPV4 || this == IPV6;
    }

    Optional<SocketAddress> source(ByteBuffer addresses) {
        return address(addresses, 0);
    }

    Optional<SocketAddress> destination(ByteBuffer addresses) {
        return address(addresses, 1);
    }

    private Optional<SocketAddress> address(ByteBuffer addresses, int which) {
        if (this == UNSPECIFIED) {
            return Optional.empty();
        }
        int start = addresses.position();
        byte[] host = new byte[size];
        addresses.get(start + which * size, host);
        return isIp()
                ? Optional.of(ip(host, addresses.getShort(start + 2 * size + which * Short.BYTES) & 0xffff))
                : path(host);
    }

    private static SocketAddress ip(byte[] host, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(host), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("4 and 16 bytes are addresses", e);
        }
    }

    /** Up to the first zero; a name of Linux's abstract kind, which begins with one, is no path. */
    private static Optional<SocketAddress> path(byte[] padded) {
        String text = new String(padded, StandardCharsets.UTF_8);
        int end = text.indexOf('\0');
        try {
            return Optional.of(UnixDomainSocketAddress.of(end < 0 ? text : text.substring(0, end)));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
