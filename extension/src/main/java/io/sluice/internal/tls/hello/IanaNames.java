package io.sluice.internal.tls.hello;

import java.util.HexFormat;
import java.util.Map;

/** The names behind the numbers in hellos, from the IANA registries of TLS parameters. An unusual number has none. */
final class IanaNames {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** As JSSE names them. */
    private static final Map<Integer, String> VERSIONS =
            Map.of(0x0300, "SSLv3", 0x0301, "TLSv1", 0x0302, "TLSv1.1", 0x0303, "TLSv1.2", 0x0304, "TLSv1.3");

    /** RFC 8446, 4.2.7. */
    private static final Map<Integer, String> GROUPS = Map.ofEntries(
            Map.entry(0x0016, "secp256k1"),
            Map.entry(0x001a, "brainpoolP256r1"),
            Map.entry(0x001b, "brainpoolP384r1"),
            Map.entry(0x001c, "brainpoolP512r1"),
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

    /** RFC 8446, 4.2.3. */
    private static final Map<Integer, String> SIGNATURE_SCHEMES = Map.ofEntries(
            Map.entry(0x0201, "rsa_pkcs1_sha1"),
            Map.entry(0x0203, "ecdsa_sha1"),
            Map.entry(0x0401, "rsa_pkcs1_sha256"),
            Map.entry(0x0403, "ecdsa_secp256r1_sha256"),
            Map.entry(0x0501, "rsa_pkcs1_sha384"),
            Map.entry(0x0503, "ecdsa_secp384r1_sha384"),
            Map.entry(0x0601, "rsa_pkcs1_sha512"),
            Map.entry(0x0603, "ecdsa_secp521r1_sha512"),
            Map.entry(0x0804, "rsa_pss_rsae_sha256"),
            Map.entry(0x0805, "rsa_pss_rsae_sha384"),
            Map.entry(0x0806, "rsa_pss_rsae_sha512"),
            Map.entry(0x0807, "ed25519"),
            Map.entry(0x0808, "ed448"),
            Map.entry(0x0809, "rsa_pss_pss_sha256"),
            Map.entry(0x080a, "rsa_pss_pss_sha384"),
            Map.entry(0x080b, "rsa_pss_pss_sha512"),
            Map.entry(0x081a, "ecdsa_brainpoolP256r1tls13_sha256"),
            Map.entry(0x081b, "ecdsa_brainpoolP384r1tls13_sha384"),
            Map.entry(0x081c, "ecdsa_brainpoolP512r1tls13_sha512"),
            Map.entry(0x0904, "mldsa44"),
            Map.entry(0x0905, "mldsa65"),
            Map.entry(0x0906, "mldsa87"));

    private IanaNames() {}

    static String version(int number) {
        return name(VERSIONS, number);
    }

    static String cipherSuite(int number) {
        return name(CipherSuiteNames.ALL, number);
    }

    /** Returns the name of a group, such as {@code x25519}, or its number, such as {@code 0x0029}. */
    static String group(int number) {
        return name(GROUPS, number);
    }

    static String signatureScheme(int number) {
        return name(SIGNATURE_SCHEMES, number);
    }

    private static String name(Map<Integer, String> names, int number) {
        String name = names.get(number);
        return name == null ? "0x" + HEX.toHexDigits((short) number) : name;
    }
}
