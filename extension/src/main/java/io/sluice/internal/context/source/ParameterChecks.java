package io.sluice.internal.context.source;

import io.sluice.internal.jsse.TlsProtocols;
import io.sluice.internal.settings.NearNames;
import io.sluice.internal.settings.ParameterSettings;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Checks that a context supports its configured protocols and cipher suites. JSSE reports this only at a handshake. */
final class ParameterChecks {

    private ParameterChecks() {}

    static void check(ParameterSettings settings, SSLContext context, Problems problems) {
        SSLParameters supported = context.getSupportedSSLParameters();
        settings.protocols().ifPresent(protocols -> protocols(protocols, Set.of(supported.getProtocols()), problems));
        settings.cipherSuites().ifPresent(suites -> suites(suites, supported.getCipherSuites(), problems));
        if (!problems.hasErrors()) {
            settings.cipherSuites().ifPresent(suites -> together(settings.protocols(), suites, context, problems));
        }
    }

    /** A client offers only protocols that have a suite. JSSE omits the others. */
    private static void together(Optional<Setting> protocols, Setting suites, SSLContext context, Problems problems) {
        try {
            SSLEngine client = context.createSSLEngine();
            client.setUseClientMode(true);
            protocols.ifPresent(
                    chosen -> client.setEnabledProtocols(chosen.list().toArray(String[]::new)));
            client.setEnabledCipherSuites(suites.list().toArray(String[]::new));
            client.wrap(
                    ByteBuffer.allocate(0),
                    ByteBuffer.allocate(client.getSession().getPacketBufferSize()));
        } catch (SSLHandshakeException e) {
            problems.error(
                    suites,
                    "none of the cipher suites belongs to an enabled protocol, so no handshake can be completed",
                    "Add cipher suites of "
                            + protocols
                                    .map(chosen -> String.join(", ", chosen.list()))
                                    .orElse("TLSv1.3 and TLSv1.2")
                            + ", or remove the property");
        } catch (SSLException | RuntimeException e) {
            return; // Of a server that manages the context: it may permit one side alone.
        }
    }

    private static void protocols(Setting setting, Set<String> supported, Problems problems) {
        reportEmpty("protocol", setting, problems);
        Set<String> permitted = TlsProtocols.permitted(supported);
        for (String name : setting.list()) {
            if (!supported.contains(name)) {
                problems.error(
                        setting,
                        "there is no protocol '" + name + "'" + NearNames.suggest(name, permitted),
                        "Use one of " + String.join(", ", permitted));
            } else if (TlsProtocols.isDisabled(name)) {
                problems.error(
                        setting,
                        "the protocol '" + name + "' is disabled in this JVM (jdk.tls.disabledAlgorithms)",
                        "Use TLSv1.3 or TLSv1.2");
            }
        }
    }

    private static void suites(Setting setting, String[] supported, Problems problems) {
        reportEmpty("cipher suite", setting, problems);
        OpenSslSuites openSsl = new OpenSslSuites(supported);
        Set<String> known = new TreeSet<>(Set.of(supported));
        setting.list().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> reportSuite(name, setting, known, openSsl, problems));
    }

    private static void reportSuite(
            String name, Setting setting, Set<String> known, OpenSslSuites openSsl, Problems problems) {
        List<String> parts = List.of(name.split(":"));
        List<String> translated = parts.stream()
                .map(part -> known.contains(part) ? part : openSsl.named(part).orElse(""))
                .toList();
        String fault = "there is no cipher suite '" + name + "'";
        if (!translated.isEmpty() && !translated.contains("")) {
            problems.error(
                    setting,
                    fault + (parts.size() == 1 ? ", which is an OpenSSL name" : ", which is an OpenSSL list"),
                    "Use " + String.join(",", translated));
        } else {
            problems.error(
                    setting,
                    fault + NearNames.suggest(name, known),
                    parts.size() == 1
                            ? "Use a name that this JVM's provider knows"
                            : "Use names that this JVM's provider knows, with commas between them");
        }
    }

    private static void reportEmpty(String what, Setting setting, Problems problems) {
        if (setting.list().isEmpty()) {
            problems.error(setting, "the list holds no " + what, "Name at least one, or remove the property");
        }
    }

    /** OpenSSL's names for a JSSE provider's cipher suites, for settings that are copied from a web server. */
    private static final class OpenSslSuites {
        private static final String WITH = "_WITH_";

        /** The provider's names by OpenSSL's names. */
        private final Map<String, String> names = new TreeMap<>();

        OpenSslSuites(String... supported) {
            Arrays.stream(supported)
                    .filter(name -> name.contains(WITH))
                    .forEach(name -> names.putIfAbsent(openSsl(name), name));
        }

        /** {@code TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256} is {@code ECDHE-RSA-AES128-GCM-SHA256}. OpenSSL omits RSA key exchange and CBC. */
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

        /** The provider's name for an OpenSSL name. */
        Optional<String> named(String openSsl) {
            @Nullable String name = names.get(openSsl.toUpperCase(Locale.ROOT));
            return Optional.ofNullable(name);
        }
    }
}
