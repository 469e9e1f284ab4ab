package io.sluice.internal.tls.hello;

import java.util.Map;

/** The groups of a key exchange, by their numbers in the IANA registry of supported groups (RFC 8446, 4.2.7). */
public final class NamedGroups {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x0016, "secp256k1"),
            Map.entry(0x0017, "secp256r1"),
            Map.entry(0x0018, "secp384r1"),
            Map.entry(0x0019, "secp521r1"),
            Map.entry(0x001d, "x25519"),
            Map.entry(0x001e, "x448"),
            Map.entry(0x001f, "brainpoolP256r1tls13"),
            Map.entry(0x0020, "brainpoolP384r1tls13"),
            Map.entry(0x0021, "brainpoolP512r1tls13"),
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
     * Names a group.
     *
     * @param number its number
     * @return its name in the registry, such as {@code x25519}; of an unusual group the number, such as {@code 0x0029}
     */
    public static String name(int number) {
        return PeerHello.named(NAMES, number);
    }
}
