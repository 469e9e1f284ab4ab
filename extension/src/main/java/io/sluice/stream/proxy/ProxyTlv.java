package io.sluice.stream.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** What a version 2 header says beyond addresses: a type and a value. Immutable. */
public final class ProxyTlv {

    /** The application protocol that ALPN chose. */
    public static final int ALPN = 0x01;
    /** The host name that the client asked for (SNI, say). */
    public static final int AUTHORITY = 0x02;
    /** A checksum of the header, which was right. */
    public static final int CRC32C = 0x03;
    /** Padding. */
    public static final int NOOP = 0x04;
    /** The balancer's name for the connection, up to 128 bytes. */
    public static final int UNIQUE_ID = 0x05;
    /** What the balancer knows of the client's TLS, in TLVs of its own. */
    public static final int SSL = 0x20;
    /** The network namespace. */
    public static final int NETNS = 0x30;

    private final int type;
    private final byte[] value;

    /**
     * A type and its value.
     *
     * @param type the type, one of the constants or a type of an application
     * @param value the value, which must not be changed afterwards
     */
    public ProxyTlv(int type, byte[] value) {
        this.type = type;
        this.value = value;
    }

    /**
     * What it is about.
     *
     * @return 0 to 255; 0xE0 to 0xEF are an application's own
     */
    public int type() {
        return type;
    }

    /**
     * Its bytes.
     *
     * @return a copy
     */
    public byte[] value() {
        return value.clone();
    }

    /**
     * Its bytes as UTF-8, which names and identifiers are.
     *
     * @return the text
     */
    public String text() {
        return new String(value, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxyTlv tlv && tlv.type == type && Arrays.equals(tlv.value, value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return String.format("TLV 0x%02x %s", type, HexFormat.of().formatHex(value));
    }
}
