package io.sluice.internal.journal;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** OpenSSL's words for what hellos contain. */
final class OpenSslNames {

    private static final String WITH = "_WITH_";

    private static final Map<String, String> CURVES = Map.of(
            "secp256r1", "P-256", "secp384r1", "P-384", "secp521r1", "P-521", "x25519", "X25519", "x448", "X448");

    private static final Map<String, String> VERSIONS =
            Map.of("TLSv1", "TLSv1", "TLSv1.1", "TLSv1.1", "TLSv1.2", "TLSv1.2", "TLSv1.3", "TLSv1.3");

    private static final Pattern OLD_GROUP = Pattern.compile("P-\\d+|X25519|X448|ffdhe\\d+|secp256k1|brainpoolP\\d+r1");
    private static final Pattern OLD_SCHEME = Pattern.compile("(ecdsa_s|rsa_p|ed\\d).*");

    /** The suites whose names follow the rules. OpenSSL refuses a list in which it knows no name. */
    private static final Pattern OLD_SUITE = Pattern.compile(
            "TLS_(?<keys>RSA|ECDHE_RSA|ECDHE_ECDSA|DHE_RSA|DHE_DSS)_WITH_"
                    + "(?<cipher>CHACHA20_POLY1305_SHA256|3DES_EDE_CBC_SHA|AES_(128|256)_(GCM_SHA\\d+|CCM|CCM_8|CBC_SHA\\d*))");

    private OpenSslNames() {}

    /** The versions that OpenSSL knows, the oldest first. */
    static List<String> versions(List<String> names) {
        return names.stream()
                .map(VERSIONS::get)
                .flatMap(Stream::ofNullable)
                .sorted()
                .toList();
    }

    static boolean isOld(String version) {
        return version.equals("TLSv1") || version.equals("TLSv1.1");
    }

    /** The suites of TLS 1.3, which have the same names. */
    static List<String> newSuites(List<String> names) {
        return names.stream()
                .filter(name -> name.startsWith("TLS_") && !name.contains(WITH))
                .toList();
    }

    /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} is {@code ECDHE-RSA-AES128-GCM-SHA256}. Other suites are omitted. */
    static List<String> oldSuites(List<String> names) {
        return names.stream()
                .map(OLD_SUITE::matcher)
                .filter(Matcher::matches)
                .map(OpenSslNames::suite)
                .toList();
    }

    private static String suite(Matcher name) {
        String cipher = name.group("cipher")
                .replace("CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305")
                .replace("3DES_EDE_CBC", "DES-CBC3")
                .replace("CCM_8", "CCM8")
                .replaceAll("AES_(\\d+)(_CBC)?", "AES$1");
        return ((name.group("keys").equals("RSA") ? "" : name.group("keys") + "-") + cipher).replace('_', '-');
    }

    /** Without those that only later releases know, if there are others. */
    static List<String> groups(List<String> names) {
        List<String> all = names.stream()
                .filter(OpenSslNames::isNamed)
                .map(name -> Optional.ofNullable(CURVES.get(name.toLowerCase(Locale.ROOT)))
                        .orElse(name))
                .toList();
        List<String> old =
                all.stream().filter(name -> OLD_GROUP.matcher(name).matches()).toList();
        return old.isEmpty() ? all : old;
    }

    /** The schemes that OpenSSL 3.0 knows. */
    static List<String> schemes(List<String> names) {
        return names.stream()
                .filter(name -> OLD_SCHEME.matcher(name).matches())
                .map(name -> name.equals("ecdsa_sha1") ? "ECDSA+SHA1" : name)
                .toList();
    }

    /** Whether a number has a name. */
    private static boolean isNamed(String name) {
        return !name.startsWith("0x");
    }
}
