package io.sluice.internal.proxy;

import io.sluice.stream.proxy.ProxyTlv;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/** The TLVs behind the addresses of version 2: a type, two bytes of length, the value. */
final class ProxyTlvs {

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

    /** Of the whole header, with the checksum itself as zeros. */
    private static void check(byte[] header, int at, int length) throws ProxyHeaderException {
        if (length != Integer.BYTES) {
            throw new ProxyHeaderException("the PROXY header's CRC32C has " + length + " bytes, not 4");
        }
        byte[] zeroed = header.clone();
        int said = ByteBuffer.wrap(zeroed).getInt(at);
        ByteBuffer.wrap(zeroed).putInt(at, 0);
        CRC32C sum = new CRC32C();
        sum.update(zeroed);
        if ((int) sum.getValue() != said) {
            throw new ProxyHeaderException(String.format(
                    "the PROXY header's CRC32C is %08x where %08x was said: it was damaged on its way",
                    sum.getValue(), said));
        }
    }
}
