package io.sluice.internal.boringssl;

import io.netty.handler.ssl.OpenSsl;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The protocols and cipher suites of a context. BoringSSL always offers all of its suites of TLS 1.3. So a list without them means that TLS 1.3
 * is off, as with JSSE, and a list with some of them cannot be honoured.
 *
 * @param protocols the enabled protocols
 * @param names the enabled suites
 */
record Suites(List<String> protocols, List<String> names) {

    static final String TLS_1_3 = "TLSv1.3";
    static final String TLS_1_2 = "TLSv1.2";

    /** Those that BoringSSL has. */
    static final Set<String> OF_TLS_1_3 =
            Set.of("TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256");

    /** Those with forward secrecy and authenticated encryption. BoringSSL's own list also has the key exchange of RSA, and CBC. */
    private static final List<String> DEFAULT = List.of(
            "TLS_AES_256_GCM_SHA384",
            "TLS_AES_128_GCM_SHA256",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    static Suites of(ParameterSettings parameters) {
        List<String> protocols =
                new ArrayList<>(parameters.protocols().map(Setting::list).orElse(List.of(TLS_1_3, TLS_1_2)));
        Optional<List<String>> names = parameters.cipherSuites().map(Setting::list);
        if (names.isPresent()) {
            if (names.get().stream().noneMatch(OF_TLS_1_3::contains)) {
                protocols.remove(TLS_1_3);
            }
            if (OF_TLS_1_3.containsAll(names.get())) {
                protocols.retainAll(List.of(TLS_1_3));
            }
        }
        return new Suites(List.copyOf(protocols), names.orElse(DEFAULT));
    }

    /** The suites of a list that BoringSSL does not have. */
    static List<String> unknown(List<String> names) {
        return names.stream()
                .filter(name -> !OpenSsl.availableJavaCipherSuites().contains(name))
                .toList();
    }
}
