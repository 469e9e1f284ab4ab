package io.sluice.internal.proxy;

import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyTlv;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Version 2: 16 bytes (signature, version and command, family, length), the addresses, TLVs. */
final class ProxyHeaderV2 {

    static final int FIXED = 16;
    private static final int COMMAND = 12;
    private static final int FAMILY = 13;
    private static final int LENGTH = 14;
    private static final int HIGHEST_PROTOCOL = 2;

    private ProxyHeaderV2() {}

    static ProxyHeader read(byte[] signature, ProxyBytes bytes) throws IOException, ProxyHeaderException {
        byte[] fixed = Arrays.copyOf(signature, FIXED);
        ProxyHeaderParser.fill(fixed, signature.length, bytes);
        int command = command(fixed[COMMAND] & 0xff);
        int length = ByteBuffer.wrap(fixed).getShort(LENGTH) & 0xffff;
        byte[] header = Arrays.copyOf(fixed, FIXED + length);
        ProxyHeaderParser.fill(header, FIXED, bytes);
        if (command == 0) {
            return ProxyHeader.withoutAddresses(2, true, List.of()); // The rest is to be discarded.
        }
        ProxyFamily family = family(fixed[FAMILY] & 0xff);
        if (length < family.bytes()) {
            throw new ProxyHeaderException(
                    "the PROXY header has " + length + " bytes, but " + family + " addresses need " + family.bytes());
        }
        ByteBuffer addresses = ByteBuffer.wrap(header, FIXED, family.bytes());
        return new ProxyHeader(
                2,
                false,
                family.source(addresses),
                family.destination(addresses),
                ProxyTlvs.read(header, FIXED + family.bytes()));
    }

    /** 0 for LOCAL, 1 for PROXY. */
    private static int command(int versionAndCommand) throws ProxyHeaderException {
        if (versionAndCommand != 0x20 && versionAndCommand != 0x21) {
            throw new ProxyHeaderException(String.format(
                    "the PROXY header's version and command are 0x%02x, but only 0x20 and 0x21 are supported",
                    versionAndCommand));
        }
        return versionAndCommand & 0xf;
    }

    private static ProxyFamily family(int familyAndProtocol) throws ProxyHeaderException {
        Optional<ProxyFamily> family = ProxyFamily.of(familyAndProtocol >> 4);
        if (family.isEmpty() || (familyAndProtocol & 0xf) > HIGHEST_PROTOCOL) {
            throw new ProxyHeaderException(
                    String.format("the PROXY header's family and protocol 0x%02x are unknown", familyAndProtocol));
        }
        return family.get();
    }

    /** The address families of version 2, in the order of their numbers. */
    private enum ProxyFamily {
        UNSPECIFIED(0),
        IPV4(4),
        IPV6(16),
        UNIX(108);

        /** The length of one address. */
        private final int size;

        ProxyFamily(int size) {
            this.size = size;
        }

        static Optional<ProxyFamily> of(int number) {
            return number < values().length ? Optional.of(values()[number]) : Optional.empty();
        }

        /** The length of both addresses, including the ports of IP. */
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
                throw new IllegalStateException("4 or 16 bytes are always an address", e);
            }
        }

        /** Reads up to the first zero byte. A name in Linux's abstract namespace begins with one, and is not a path. */
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

    /** The TLVs after the addresses of version 2: a type, two bytes of length, the value. */
    private static final class ProxyTlvs {

        private static final int PREFIX = 3;

        private ProxyTlvs() {}

        static List<ProxyTlv> read(byte[] header, int from) throws ProxyHeaderException {
            List<ProxyTlv> tlvs = new ArrayList<>();
            ByteBuffer bytes = ByteBuffer.wrap(header);
            for (int at = from; at < header.length; ) {
                int length = header.length - at < PREFIX ? header.length : bytes.getShort(at + 1) & 0xffff;
                int value = at + PREFIX;
                if (length > header.length - value) {
                    throw new ProxyHeaderException("a TLV of the PROXY header is longer than the header");
                }
                ProxyTlv tlv = new ProxyTlv(header[at] & 0xff, Arrays.copyOfRange(header, value, value + length));
                if (tlv.type() == ProxyTlv.CRC32C) {
                    check(header, value, length);
                }
                tlvs.add(tlv);
                at = value + length;
            }
            return tlvs;
        }

        /** Verifies the checksum of the whole header, in which the checksum itself counts as zeros. */
        private static void check(byte[] header, int at, int length) throws ProxyHeaderException {
            if (length != Integer.BYTES) {
                throw new ProxyHeaderException("the PROXY header's CRC32C must have 4 bytes, but has " + length);
            }
            byte[] zeroed = header.clone();
            int expected = ByteBuffer.wrap(zeroed).getInt(at);
            ByteBuffer.wrap(zeroed).putInt(at, 0);
            CRC32C sum = new CRC32C();
            sum.update(zeroed);
            if ((int) sum.getValue() != expected) {
                throw new ProxyHeaderException(String.format(
                        "the PROXY header's CRC32C is %08x, but the header states %08x: it was damaged in transit",
                        sum.getValue(), expected));
            }
        }
    }
}
