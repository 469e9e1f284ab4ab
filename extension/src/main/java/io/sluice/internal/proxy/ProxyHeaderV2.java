package io.sluice.internal.proxy;

import io.sluice.stream.proxy.ProxyHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
                    "the PROXY header has " + length + " bytes where " + family + " addresses take " + family.bytes());
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
                    "the PROXY header's version and command are 0x%02x, where 0x20 and 0x21 are known",
                    versionAndCommand));
        }
        return versionAndCommand & 0xf;
    }

    private static ProxyFamily family(int familyAndProtocol) throws ProxyHeaderException {
        Optional<ProxyFamily> family = ProxyFamily.of(familyAndProtocol >> 4);
        if (family.isEmpty() || (familyAndProtocol & 0xf) > HIGHEST_PROTOCOL) {
            throw new ProxyHeaderException(
                    String.format("the PROXY header's family and protocol, 0x%02x, are unknown", familyAndProtocol));
        }
        return family.get();
    }
}
