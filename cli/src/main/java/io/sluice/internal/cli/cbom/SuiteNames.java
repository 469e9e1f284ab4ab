package io.sluice.internal.cli.cbom;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a cipher suite consists of, by its name. */
final class SuiteNames {

    /** The key exchange, before TLS 1.3, the cipher and the digest. */
    private static final Pattern FORM = Pattern.compile("(?:TLS|SSL)_(?:(\\w+)_WITH_)?(\\w+?)(?:_(SHA\\d*|MD5|NULL))?");

    private static final Pattern AES = Pattern.compile("AES_(128|256)_(GCM|CCM|CBC)(?:_8)?");

    /** NIST's evaluation criteria: as hard as to find a key of AES, or a collision of SHA. */
    private static final Map<String, Integer> AES_CATEGORIES = Map.of("128", 1, "256", 5);

    private static final Map<String, Integer> SHA_CATEGORIES = Map.of("256", 2, "384", 4);

    private SuiteNames() {}

    /** Whether a suite belongs to TLS 1.3, whose suites name no key exchange. */
    static boolean isOfTls13(String suite) {
        Matcher matcher = FORM.matcher(suite);
        return matcher.matches() && matcher.group(1) == null && suite.startsWith("TLS_");
    }

    static List<CryptoAlgorithm> algorithms(String suite) {
        List<CryptoAlgorithm> algorithms = new ArrayList<>();
        Matcher matcher = FORM.matcher(suite);
        if (!matcher.matches()) {
            return algorithms;
        }
        if (matcher.group(1) != null) {
            keyExchange(matcher.group(1), algorithms);
        }
        algorithms.add(cipher(matcher.group(2)));
        if (matcher.group(3) != null && !matcher.group(3).equals("NULL")) {
            algorithms.add(digest(matcher.group(3)));
        }
        return algorithms;
    }

    private static void keyExchange(String name, List<CryptoAlgorithm> algorithms) {
        int authentication = name.indexOf('_');
        String exchange = authentication < 0 ? name : name.substring(0, authentication);
        boolean agrees = exchange.startsWith("ECDH") || exchange.startsWith("DH");
        algorithms.add(
                agrees
                        ? CryptoAlgorithm.of(exchange, "key-agree", "keygen", "keyderive")
                                .quantum(0)
                        : CryptoAlgorithm.of(exchange, exchange.equals("RSA") ? "pke" : "unknown")
                                .quantum(0));
        if (authentication >= 0) {
            algorithms.add(CryptoAlgorithm.of(name.substring(authentication + 1), "signature", "sign", "verify")
                    .quantum(0));
        }
    }

    private static CryptoAlgorithm cipher(String name) {
        String text = name.replace('_', '-');
        Matcher aes = AES.matcher(name);
        if (aes.matches()) {
            boolean alone = aes.group(2).equals("CBC");
            return CryptoAlgorithm.of(text, alone ? "block-cipher" : "ae", "encrypt", "decrypt")
                    .parameters(aes.group(1))
                    .mode(aes.group(2).toLowerCase(Locale.ROOT))
                    .classical(Integer.parseInt(aes.group(1)))
                    .quantum(AES_CATEGORIES.getOrDefault(aes.group(1), 0));
        }
        return name.startsWith("CHACHA20_POLY1305")
                ? CryptoAlgorithm.of(text, "ae", "encrypt", "decrypt")
                        .parameters("256")
                        .classical(256)
                : CryptoAlgorithm.of(text, "unknown", "encrypt", "decrypt");
    }

    /** In TLS 1.3 and in suites with GCM, the digest derives keys; with CBC, it also protects the data. */
    private static CryptoAlgorithm digest(String name) {
        String bits = name.substring(name.startsWith("SHA") ? 3 : 0);
        if (name.equals("SHA") || name.equals("MD5")) {
            return CryptoAlgorithm.of(name.equals("SHA") ? "SHA-1" : name, "hash", "digest");
        }
        CryptoAlgorithm digest =
                CryptoAlgorithm.of("SHA-" + bits, "hash", "digest").parameters(bits);
        Integer category = SHA_CATEGORIES.get(bits);
        return category == null ? digest : digest.quantum(category);
    }
}
