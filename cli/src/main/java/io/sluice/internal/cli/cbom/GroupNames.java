package io.sluice.internal.cli.cbom;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Groups of the key exchange of TLS. */
final class GroupNames {

    private static final Pattern ML_KEM = Pattern.compile("(.*)MLKEM(512|768|1024)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FINITE = Pattern.compile("ffdhe(\\d+)", Pattern.CASE_INSENSITIVE);

    /** FIPS 203, table 2. */
    private static final Map<String, Integer> ML_KEM_CATEGORIES = Map.of("512", 1, "768", 3, "1024", 5);

    /** NIST SP 800-57, part 1, table 2; for the Montgomery curves, RFC 7748. */
    private static final Map<String, Integer> STRENGTHS = Map.of(
            "x25519", 128,
            "x448", 224,
            "secp256r1", 128,
            "secp384r1", 192,
            "secp521r1", 256,
            "ffdhe2048", 112,
            "ffdhe3072", 128);

    private GroupNames() {}

    static CryptoAlgorithm group(String name) {
        Matcher post = ML_KEM.matcher(name);
        if (post.matches()) {
            boolean hybrid = !post.group(1).isEmpty();
            return CryptoAlgorithm.of(name, hybrid ? "combiner" : "kem", "keygen", "encapsulate", "decapsulate")
                    .parameters(post.group(2))
                    .quantum(ML_KEM_CATEGORIES.getOrDefault(post.group(2), 0));
        }
        CryptoAlgorithm agreement = CryptoAlgorithm.of(name, "key-agree", "keygen", "keyderive");
        Matcher finite = FINITE.matcher(name);
        if (finite.matches()) {
            agreement = agreement.parameters(finite.group(1));
        } else if (!name.startsWith("0x")) {
            agreement = agreement.on(name);
        } else {
            return agreement;
        }
        Integer strength = STRENGTHS.get(name);
        return (strength == null ? agreement : agreement.classical(strength)).quantum(0);
    }
}
