package io.sluice.internal.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.stream.proxy.ProxyHeader;
import io.sluice.stream.proxy.ProxyTlv;
import io.sluice.stream.proxy.ProxyVersion;
import java.io.EOFException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Valid and invalid headers, each at once, byte by byte, cut off anywhere, and with more bytes behind it. */
class ProxyHeaderParserTest {

    private record Valid(String name, byte[] bytes, ProxyHeader header) {
        @Override
        public String toString() {
            return name;
        }
    }

    private record Bad(String name, byte[] bytes, ProxyVersion accepted, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Returns at most a number of bytes at a time, and counts them. */
    private static final class Given implements ProxyBytes {
        private final byte[] all;
        private final int atOnce;
        private int taken;

        Given(byte[] all, int atOnce) {
            this.all = all;
            this.atOnce = atOnce;
        }

        @Override
        public int read(byte[] b, int off, int len) throws EOFException {
            assertThat(len).as("what a read asks for").isPositive();
            int n = Math.min(Math.min(len, atOnce), all.length - taken);
            if (n == 0) {
                throw new EOFException();
            }
            System.arraycopy(all, taken, b, off, n);
            taken += n;
            return n;
        }
    }

    private static byte[] line(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static SocketAddress ip(String host, int port) {
        return new InetSocketAddress(host, port);
    }

    private static ProxyHeader between(int version, SocketAddress source, SocketAddress destination, ProxyTlv... tlvs) {
        return new ProxyHeader(version, false, Optional.of(source), Optional.of(destination), List.of(tlvs));
    }

    private static Valid v1(String line, ProxyHeader header) {
        return new Valid(line, line(line + "\r\n"), header);
    }

    static Stream<Valid> valid() {
        ProxyHeader unknown = ProxyHeader.withoutAddresses(1, false, List.of());
        ProxyTlv authority = new ProxyTlv(ProxyTlv.AUTHORITY, line("example.org"));
        ProxyTlv none = new ProxyTlv(0xE5, new byte[0]);
        SocketAddress four = ip("192.0.2.7", 56_324);
        SocketAddress here = ip("198.51.100.1", 443);
        SocketAddress six = ip("2001:db8::7", 65_535);
        return Stream.of(
                v1("PROXY TCP4 192.0.2.7 198.51.100.1 56324 443", between(1, four, here)),
                v1(
                        "PROXY TCP4 0.0.0.0 255.255.255.255 0 65535",
                        between(1, ip("0.0.0.0", 0), ip("255.255.255.255", 65_535))),
                v1("PROXY TCP6 2001:db8::7 ::1 65535 443", between(1, six, ip("::1", 443))),
                v1("PROXY TCP6 ::ffff:192.0.2.7 2001:DB8::1 56324 443", between(1, four, ip("2001:db8::1", 443))),
                v1(
                        "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535",
                        between(
                                1,
                                ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65_535),
                                ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 65_535))),
                v1("PROXY UNKNOWN", unknown),
                v1("PROXY UNKNOWN whatever this is", unknown),
                v1("PROXY UNKNOWN " + "x".repeat(91), unknown),
                new Valid("IPv4", Sent.proxy(0x11, Sent.IPV4), between(2, four, here)),
                new Valid("datagrams", Sent.proxy(0x12, Sent.IPV4), between(2, four, here)),
                new Valid("IPv6", Sent.proxy(0x21, Sent.IPV6), between(2, six, ip("2001:db8::1", 443))),
                new Valid(
                        "UNIX",
                        Sent.proxy(0x31, Sent.unix("/run/client", "/run/server")),
                        between(
                                2,
                                UnixDomainSocketAddress.of("/run/client"),
                                UnixDomainSocketAddress.of("/run/server"))),
                new Valid(
                        "UNIX, abstract and as long as can be",
                        Sent.proxy(0x31, Sent.unix("\0name", "/" + "x".repeat(107))),
                        between(2, UnixDomainSocketAddress.of(""), UnixDomainSocketAddress.of("/" + "x".repeat(107)))),
                new Valid(
                        "TLVs", Sent.proxy(0x11, Sent.IPV4, authority, none), between(2, four, here, authority, none)),
                new Valid(
                        "the longest TLV",
                        Sent.proxy(0x11, Sent.IPV4, new ProxyTlv(0xE0, new byte[65_535 - 15])),
                        between(2, four, here, new ProxyTlv(0xE0, new byte[65_535 - 15]))),
                new Valid("checksum", Sent.checked(Sent.proxy(0x11, Sent.IPV4, authority, Sent.UNCHECKED, none)), null),
                new Valid(
                        "unspecified",
                        Sent.proxy(0x00, new byte[0]),
                        ProxyHeader.withoutAddresses(2, false, List.of())),
                new Valid(
                        "unspecified with TLVs",
                        Sent.proxy(0x00, new byte[0], authority),
                        ProxyHeader.withoutAddresses(2, false, List.of(authority))),
                new Valid("LOCAL", Sent.local(0x00, new byte[0]), ProxyHeader.withoutAddresses(2, true, List.of())),
                new Valid(
                        "LOCAL with what is to be discarded",
                        Sent.local(0x77, new byte[] {1, 2, 3, 4, 5}),
                        ProxyHeader.withoutAddresses(2, true, List.of())));
    }

    @ParameterizedTest
    @MethodSource("valid")
    void headerIsReadToItsLastByteAndNotBeyond(Valid valid) throws Exception {
        byte[] withMore = Arrays.copyOf(valid.bytes, valid.bytes.length + 20);
        withMore[valid.bytes.length] = 0x16;
        for (int atOnce : new int[] {1, 7, withMore.length}) {
            Given given = new Given(withMore, atOnce);
            ProxyHeader read = ProxyHeaderParser.read(given, ProxyVersion.ANY);
            assertThat(given.taken).isEqualTo(valid.bytes.length);
            if (valid.header != null) {
                assertThat(read).isEqualTo(valid.header);
            } else {
                assertThat(read.tlv(ProxyTlv.AUTHORITY)).map(ProxyTlv::text).contains("example.org");
                assertThat(read.tlvs()).extracting(ProxyTlv::type).containsExactly(0x02, 0x03, 0xE5);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("valid")
    void headerThatIsCutOffAnywhereIsNone(Valid valid) {
        int step = Math.max(1, valid.bytes.length / 200);
        for (int length = 0; length < valid.bytes.length; length += step) {
            byte[] cut = Arrays.copyOf(valid.bytes, length);
            assertThatThrownBy(() -> ProxyHeaderParser.read(new Given(cut, 5), ProxyVersion.ANY))
                    .as("%d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    private static Bad bad(String line, String message) {
        return new Bad(line, line("PROXY " + line), ProxyVersion.ANY, message);
    }

    private static Bad bad(String name, byte[] bytes, String message) {
        return new Bad(name, bytes, ProxyVersion.ANY, message);
    }

    static Stream<Bad> bad() {
        String protocol = "the PROXY line names a protocol other than TCP4, TCP6 and UNKNOWN: 'PROXY ";
        String fields = "the PROXY line does not have two addresses and two ports: 'PROXY ";
        String v4 = "the PROXY line has an address that is not an IPv4 address: 'PROXY ";
        String v6 = "the PROXY line has an address that is not an IPv6 address: 'PROXY ";
        String port = "the PROXY line has an invalid port: 'PROXY ";
        String end = "the PROXY line does not end with CR LF: 'PROXY ";
        return Stream.of(
                bad("TCP5 1.2.3.4 1.2.3.4 1 2\r\n", protocol + "TCP5 1.2.3.4 1.2.3.4 1 2'"),
                bad("tcp4 1.2.3.4 1.2.3.4 1 2\r\n", protocol),
                bad("UNKNOWNS\r\n", protocol),
                bad(" TCP4 1.2.3.4 1.2.3.4 1 2\r\n", protocol),
                bad("TCP4 1.2.3.4 1.2.3.4 1\r\n", fields),
                bad("TCP4 1.2.3.4 1.2.3.4 1 2 3\r\n", fields),
                bad("TCP4 1.2.3.4  1.2.3.4 1 2\r\n", fields),
                bad("TCP4 1.2.3.256 1.2.3.4 1 2\r\n", v4),
                bad("TCP4 01.2.3.4 1.2.3.4 1 2\r\n", v4),
                bad("TCP4 1.2.3 1.2.3.4 1 2\r\n", v4),
                bad("TCP4 1.2.3.4 localhost 1 2\r\n", v4),
                bad("TCP4 ::1 ::1 1 2\r\n", v4),
                bad("TCP6 1.2.3.4 1.2.3.4 1 2\r\n", v6),
                bad("TCP6 1:2:3:4:5:6:7 ::1 1 2\r\n", v6),
                bad("TCP6 1::2::3 ::1 1 2\r\n", v6),
                bad("TCP6 fe80::1%eth0 ::1 1 2\r\n", v6),
                bad("TCP4 1.2.3.4 1.2.3.4 65536 2\r\n", port),
                bad("TCP4 1.2.3.4 1.2.3.4 1 02\r\n", port),
                bad("TCP4 1.2.3.4 1.2.3.4 1 -2\r\n", port),
                bad("TCP4 1.2.3.4 1.2.3.4 1 \r\n", port),
                bad("TCP4 1.2.3.4 1.2.3.4 1 2\n", end),
                bad("TCP4 1.2.3.4 1.2.3.4 1 2\rx", end + "TCP4 1.2.3.4 1.2.3.4 1 2?x'"),
                bad("\r\n\r\n\r\n", end),
                bad("UNKNOWN " + "x".repeat(93), "the PROXY line does not end within 107 bytes"),
                bad("UNKNOWN " + "x".repeat(92) + "\r\n", "the PROXY line does not end within 107 bytes"),
                bad(
                        "a ClientHello",
                        new byte[] {0x16, 3, 1},
                        "the first bytes are not a PROXY header, but a TLS handshake (16"),
                bad("one wrong byte", line("G"), "the first bytes are not a PROXY header, but 47"),
                bad("almost version 1", line("PROXI"), "the first bytes are not a PROXY header, but 50"),
                bad(
                        "almost version 2",
                        line("\r\n\r\n\0\r\nQUIZ"),
                        "the first bytes are not a PROXY header, but 0d 0a"),
                new Bad(
                        "version 1 where 2 is due",
                        line("P"),
                        ProxyVersion.V2,
                        "the PROXY header has version 1, but only version 2 is accepted"),
                new Bad(
                        "version 2 where 1 is due",
                        line("\r"),
                        ProxyVersion.V1,
                        "the PROXY header has version 2, but only version 1 is accepted"),
                bad("version 3", Sent.header(0x31, 0x11, Sent.IPV4), "the PROXY header's version and command are 0x31"),
                bad("command 2", Sent.header(0x22, 0x11, Sent.IPV4), "the PROXY header's version and command are 0x22"),
                bad("family 4", Sent.proxy(0x41, Sent.IPV4), "the PROXY header's family and protocol 0x41 are unknown"),
                bad(
                        "protocol 3",
                        Sent.proxy(0x13, Sent.IPV4),
                        "the PROXY header's family and protocol 0x13 are unknown"),
                bad(
                        "too short for IPv4",
                        Sent.proxy(0x11, new byte[11]),
                        "the PROXY header has 11 bytes, but IPV4 addresses need 12"),
                bad(
                        "too short for IPv6",
                        Sent.proxy(0x21, Sent.IPV4),
                        "the PROXY header has 12 bytes, but IPV6 addresses need 36"),
                bad(
                        "too short for UNIX",
                        Sent.proxy(0x31, Sent.IPV6),
                        "the PROXY header has 36 bytes, but UNIX addresses need 216"),
                bad(
                        "half a TLV",
                        Sent.proxy(0x00, new byte[] {4, 0}),
                        "a TLV of the PROXY header is longer than the header"),
                bad(
                        "TLV too long",
                        Sent.proxy(0x00, new byte[] {4, 0, 2, 1}),
                        "a TLV of the PROXY header is longer than the header"),
                bad(
                        "short checksum",
                        Sent.proxy(0x11, Sent.IPV4, new ProxyTlv(ProxyTlv.CRC32C, new byte[3])),
                        "the PROXY header's CRC32C must have 4 bytes, but has 3"),
                bad(
                        "damaged",
                        Sent.damaged(Sent.checked(Sent.proxy(0x11, Sent.IPV4, Sent.UNCHECKED))),
                        "the PROXY header's CRC32C is "));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNoHeaderIsRefusedAndSaysWhy(Bad bad) {
        for (int atOnce : new int[] {1, 200}) {
            assertThatThrownBy(() -> ProxyHeaderParser.read(new Given(bad.bytes, atOnce), bad.accepted))
                    .isInstanceOf(ProxyHeaderException.class)
                    .hasMessageStartingWith(bad.message);
        }
    }
}
