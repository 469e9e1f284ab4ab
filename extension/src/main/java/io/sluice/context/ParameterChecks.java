package io.sluice.context;

import io.sluice.context.material.NearNames;
import io.sluice.context.material.ParameterSettings;
import io.sluice.context.material.Problems;
import io.sluice.context.material.Setting;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;

/** Checks that a context knows the protocols and cipher suites that are configured for it: JSSE says so only at a handshake. */
final class ParameterChecks {

    private ParameterChecks() {}

    static void check(ParameterSettings settings, SSLContext context, Problems problems) {
        SSLParameters supported = context.getSupportedSSLParameters();
        settings.protocols().ifPresent(protocols -> {
            check("protocol", protocols, supported.getProtocols(), problems);
            protocols.list().stream()
                    .filter(TlsProtocols::isDisabled)
                    .forEach(disabled -> problems.error(
                            protocols,
                            "the protocol " + disabled + " is disabled in this JVM (jdk.tls.disabledAlgorithms)",
                            "Use TLSv1.3 or TLSv1.2"));
        });
        settings.cipherSuites()
                .ifPresent(suites -> check("cipher suite", suites, supported.getCipherSuites(), problems));
        if (!problems.hasErrors()) {
            settings.cipherSuites().ifPresent(suites -> together(settings.protocols(), suites, context, problems));
        }
    }

    /** A client says hello only with a protocol that has a suite: JSSE leaves out those that have none. */
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
                    "none of the cipher suites is of an enabled protocol, so no handshake can be completed",
                    "Add cipher suites of "
                            + protocols
                                    .map(chosen -> String.join(", ", chosen.list()))
                                    .orElse("TLSv1.3 and TLSv1.2")
                            + ", or remove the property");
        } catch (SSLException | RuntimeException e) {
            return; // Of a server that manages the context: it may permit one side alone.
        }
    }

    private static void check(String what, Setting setting, String[] supported, Problems problems) {
        Set<String> known = new TreeSet<>(Set.of(supported));
        if (setting.list().isEmpty()) {
            problems.error(setting, "the list holds no " + what, "Name at least one, or remove the property");
        }
        for (String name : setting.list()) {
            if (!known.contains(name)) {
                problems.error(
                        setting,
                        "there is no " + what + " '" + name + "'" + NearNames.suggest(name, known),
                        what.equals("protocol")
                                ? "Use one of " + String.join(", ", known)
                                : "Use a name that this JVM's provider knows");
            }
        }
    }
}
