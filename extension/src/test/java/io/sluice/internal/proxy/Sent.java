package io.sluice.internal.proxy;

import io.sluice.stream.proxy.ProxyTlv;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/** Valid and invalid headers of version 2. */
final class Sent {

    /** 192.0.2.7:56324 to 198.51.100.1:443. */
    static final byte[] IPV4 = HexFormat.of().parseHex("c0000207c6336401dc0401bb");
    /** [2001:db8::7]:65535 to [2001:db8::1]:443. */
    static final byte[] IPV6 =
            HexFormat.of().parseHex("20010db800000000000000000000000720010db8000000000000000000000001ffff01bb");

    static final ProxyTlv UNCHECKED = new ProxyTlv(ProxyTlv.CRC32C, new byte[4]);

    private static final int SIGNATURE = 12;
    private static final int UNIX = 108;

    private Sent() {}

    static byte[] proxy(int family, byte[] addresses, ProxyTlv... tlvs) {
        return header(0x21, family, addresses, tlvs);
    }

    static byte[] local(int family, byte[] rest) {
        return header(0x20, family, rest);
    }

    static byte[] header(int versionAndCommand, int family, byte[] addresses, ProxyTlv... tlvs) {
        int length = addresses.length;
        for (ProxyTlv tlv : tlvs) {
            length += 3 + tlv.value().length;
        }
        ByteBuffer header = ByteBuffer.allocate(SIGNATURE + 4 + length)
                .put("\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII))
                .put((byte) versionAndCommand)
                .put((byte) family)
                .putShort((short) length)
                .put(addresses);
        for (ProxyTlv tlv : tlvs) {
            header.put((byte) tlv.type()).putShort((short) tlv.value().length).put(tlv.value());
        }
        return header.array();
    }

    static byte[] unix(String source, String destination) {
        return ByteBuffer.allocate(2 * UNIX)
                .put(source.getBytes(StandardCharsets.US_ASCII))
                .position(UNIX)
                .put(destination.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    /** Sets the first checksum, which is still zero. */
    static byte[] checked(byte[] header) {
        CRC32C sum = new CRC32C();
        sum.update(header);
        int at = SIGNATURE + 4 + IPV4.length;
        while (header[at] != ProxyTlv.CRC32C) {
            at += 3 + ByteBuffer.wrap(header).getShort(at + 1);
        }
        ByteBuffer.wrap(header).putInt(at + 3, (int) sum.getValue());
        return header;
    }

    static byte[] damaged(byte[] header) {
        header[SIGNATURE + 4] ^= 1;
        return header;
    }
}
