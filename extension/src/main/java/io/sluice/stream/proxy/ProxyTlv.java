package io.sluice.stream.proxy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An entry of a version 2 header besides the addresses: a type and a value. Immutable. Thread-safe. */
public final class ProxyTlv {

    /** The application protocol that ALPN selected. */
    public static final int ALPN = 0x01;
    /** The host name that the client requested, for example by SNI. */
    public static final int AUTHORITY = 0x02;
    /** The checksum of the header, which has been verified. */
    public static final int CRC32C = 0x03;
    /** Padding. */
    public static final int NOOP = 0x04;
    /** The balancer's name for the connection, up to 128 bytes. */
    public static final int UNIQUE_ID = 0x05;
    /** The balancer's knowledge of the client's TLS connection, in nested TLVs. */
    public static final int SSL = 0x20;
    /** The network namespace. */
    public static final int NETNS = 0x30;

    private final int type;
    private final byte[] value;

    /**
     * Creates an entry.
     *
     * @param type the type, one of the constants or an application's own type
     * @param value the value, which must not be changed afterwards
     */
    public ProxyTlv(int type, byte[] value) {
        this.type = type;
        this.value = value;
    }

    /**
     * Returns the type.
     *
     * @return 0 to 255; the types 0xE0 to 0xEF are reserved for applications
     */
    public int type() {
        return type;
    }

    /**
     * Returns the value.
     *
     * @return a copy of the bytes
     */
    public byte[] value() {
        return value.clone();
    }

    /**
     * Returns the value as UTF-8 text. Names and identifiers have this form.
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
