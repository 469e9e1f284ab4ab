package io.sluice.internal.context;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** OpenSSL's names of the cipher suites of a JSSE provider, for settings copied from a web server. */
final class OpenSslSuites {
    private static final String WITH = "_WITH_";

    /** The provider's names by OpenSSL's. */
    private final Map<String, String> names = new TreeMap<>();

    OpenSslSuites(String... supported) {
        Arrays.stream(supported)
                .filter(name -> name.contains(WITH))
                .forEach(name -> names.putIfAbsent(openSsl(name), name));
    }

    /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} is {@code ECDHE-RSA-AES128-GCM-SHA256}: keys by RSA alone and CBC are not named. */
    private static String openSsl(String name) {
        String keys = name.substring(name.indexOf('_') + 1, name.indexOf(WITH))
                .replace("ECDH_anon", "AECDH")
                .replace("DH_anon", "ADH");
        String cipher = name.substring(name.indexOf(WITH) + WITH.length())
                .replace("3DES_EDE_CBC", "DES-CBC3")
                .replace("CHACHA20_POLY1305_SHA256", "CHACHA20-POLY1305")
                .replaceAll("AES_(\\d+)(_CBC)?", "AES$1");
        return ((keys.equals("RSA") ? "" : keys + "-") + cipher).replace('_', '-');
    }

    /** The provider's name of a suite that OpenSSL calls so. */
    Optional<String> named(String openSsl) {
        @Nullable String name = names.get(openSsl.toUpperCase(Locale.ROOT));
        return Optional.ofNullable(name);
    }
}
