package io.sluice.internal.cli.cbom;

import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Algorithms of keys and signatures, by the names of Java and of TLS. */
final class SignatureNames {

    private static final Pattern DIGEST_WITH_KEY = Pattern.compile("SHA-?(\\d+)with(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SCHEME_DIGEST = Pattern.compile("sha(\\d+)$");
    private static final Pattern ML_DSA = Pattern.compile("ML-?DSA-?(44|65|87)", Pattern.CASE_INSENSITIVE);

    /** FIPS 204, table 1. */
    private static final Map<String, Integer> ML_DSA_CATEGORIES = Map.of("44", 2, "65", 3, "87", 5);

    /** NIST SP 800-57, part 1, table 2. */
    private static final Map<Long, Integer> RSA_STRENGTHS = Map.of(2048L, 112, 3072L, 128, 7680L, 192, 15360L, 256);

    private SignatureNames() {}

    /** The algorithm of a signature in a certificate, such as SHA256withECDSA. */
    static CryptoAlgorithm signature(String name) {
        CryptoAlgorithm algorithm = CryptoAlgorithm.of(name, "signature", "sign", "verify");
        Matcher post = ML_DSA.matcher(name);
        if (post.matches()) {
            return mlDsa(post.group(1));
        }
        if (name.equalsIgnoreCase("Ed25519") || name.equalsIgnoreCase("Ed448")) {
            return edwards(name);
        }
        Matcher matcher = DIGEST_WITH_KEY.matcher(name);
        if (matcher.matches()) {
            return algorithm.parameters(matcher.group(1)).quantum(0);
        }
        return name.contains("RSA") || name.contains("DSA") ? algorithm.quantum(0) : algorithm;
    }

    /** A signature scheme of TLS (RFC 8446, 4.2.3), such as rsa_pss_rsae_sha256. */
    static CryptoAlgorithm scheme(String name) {
        Matcher post = ML_DSA.matcher(name);
        if (post.matches()) {
            return mlDsa(post.group(1));
        }
        if (name.equals("ed25519") || name.equals("ed448")) {
            return edwards(name);
        }
        CryptoAlgorithm algorithm = CryptoAlgorithm.of(name, "signature", "sign", "verify");
        Matcher digest = SCHEME_DIGEST.matcher(name);
        if (!digest.find()) {
            return algorithm;
        }
        return algorithm.parameters(digest.group(1)).quantum(0);
    }

    /** The algorithm of a certificate's key. */
    static CryptoAlgorithm key(String algorithm, OptionalLong bits) {
        Matcher post = ML_DSA.matcher(algorithm);
        if (post.matches()) {
            return mlDsa(post.group(1));
        }
        String name = bits.isPresent() ? algorithm + "-" + bits.getAsLong() : algorithm;
        return switch (algorithm.toUpperCase(Locale.ROOT)) {
            case "RSA", "RSASSA-PSS" -> rsa(name, bits);
            case "EC", "ECDSA" -> elliptic(name, bits);
            case "ED25519", "ED448" -> edwards(algorithm);
            case "EDDSA" ->
                CryptoAlgorithm.of(algorithm, "signature", "sign", "verify").quantum(0);
            default -> CryptoAlgorithm.of(name, "unknown");
        };
    }

    private static CryptoAlgorithm rsa(String name, OptionalLong bits) {
        CryptoAlgorithm rsa =
                CryptoAlgorithm.of(name, "signature", "sign", "verify").quantum(0);
        if (bits.isEmpty()) {
            return rsa;
        }
        rsa = rsa.parameters(Long.toString(bits.getAsLong()));
        Integer strength = RSA_STRENGTHS.get(bits.getAsLong());
        return strength == null ? rsa : rsa.classical(strength);
    }

    private static CryptoAlgorithm elliptic(String name, OptionalLong bits) {
        CryptoAlgorithm elliptic =
                CryptoAlgorithm.of(name, "signature", "sign", "verify").quantum(0);
        return bits.isPresent()
                ? elliptic.parameters(Long.toString(bits.getAsLong()))
                        .classical((int) Math.min(256, bits.getAsLong() / 2))
                : elliptic;
    }

    private static CryptoAlgorithm edwards(String name) {
        boolean small = name.equalsIgnoreCase("Ed25519");
        return CryptoAlgorithm.of(small ? "Ed25519" : "Ed448", "signature", "sign", "verify")
                .on(small ? "Ed25519" : "Ed448")
                .classical(small ? 128 : 224)
                .quantum(0);
    }

    private static CryptoAlgorithm mlDsa(String set) {
        return CryptoAlgorithm.of("ML-DSA-" + set, "signature", "sign", "verify")
                .parameters(set)
                .quantum(ML_DSA_CATEGORIES.getOrDefault(set, 0));
    }
}
