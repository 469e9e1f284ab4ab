package io.sluice.internal.tls.hello;

import java.util.HexFormat;
import java.util.Map;

/** The names of the groups of key exchange, as IANA registers them (TLS Supported Groups). */
public final class NamedGroups {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x0017, "secp256r1"),
            Map.entry(0x0018, "secp384r1"),
            Map.entry(0x0019, "secp521r1"),
            Map.entry(0x001d, "x25519"),
            Map.entry(0x001e, "x448"),
            Map.entry(0x0100, "ffdhe2048"),
            Map.entry(0x0101, "ffdhe3072"),
            Map.entry(0x0102, "ffdhe4096"),
            Map.entry(0x0103, "ffdhe6144"),
            Map.entry(0x0104, "ffdhe8192"),
            Map.entry(0x0200, "MLKEM512"),
            Map.entry(0x0201, "MLKEM768"),
            Map.entry(0x0202, "MLKEM1024"),
            Map.entry(0x11eb, "SecP256r1MLKEM768"),
            Map.entry(0x11ec, "X25519MLKEM768"),
            Map.entry(0x11ed, "SecP384r1MLKEM1024"));

    private NamedGroups() {}

    /**
     * Returns the name of a group.
     *
     * @param number its number
     * @return its name, or the number in hexadecimal digits
     */
    public static String name(int number) {
        String name = NAMES.get(number);
        return name == null ? "0x" + HexFormat.of().withUpperCase().toHexDigits((short) number) : name;
    }
}
