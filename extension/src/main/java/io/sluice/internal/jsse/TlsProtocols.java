package io.sluice.internal.jsse;

import io.sluice.internal.settings.NearNames;
import java.security.NoSuchAlgorithmException;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;

/** The protocol versions that this JVM knows and permits. */
public final class TlsProtocols {

    private static final String ANY = "TLS";
    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    private TlsProtocols() {}

    public static boolean isVersion(String protocol) {
        return !protocol.equals(ANY);
    }

    /** The protocol, if it can be used. */
    public static String require(String protocol) {
        Set<String> known = known();
        if (!known.contains(protocol)) {
            Set<String> permitted = permitted(known);
            throw new IllegalArgumentException("there is no protocol '" + protocol + "'"
                    + NearNames.suggest(protocol, permitted) + ". Use one of " + String.join(", ", permitted));
        }
        if (isDisabled(protocol)) {
            throw new IllegalArgumentException("the protocol '" + protocol + "' is disabled in this JVM (" + DISABLED
                    + "). Use TLSv1.3 or TLSv1.2");
        }
        return protocol;
    }

    /** The protocols to suggest. They are not disabled, and SSLv2Hello is only the form of a message. */
    public static Set<String> permitted(Set<String> known) {
        Set<String> permitted = new TreeSet<>(known);
        permitted.removeIf(protocol -> isDisabled(protocol) || protocol.equals("SSLv2Hello"));
        return permitted;
    }

    public static boolean isDisabled(String protocol) {
        String disabled = Security.getProperty(DISABLED);
        return disabled != null
                && Arrays.stream(disabled.split(",")).map(String::strip).anyMatch(protocol::equalsIgnoreCase);
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>(List.of(ANY));
        try {
            for (String protocol :
                    SSLContext.getDefault().getSupportedSSLParameters().getProtocols()) {
                if (protocol.startsWith(ANY)) {
                    known.add(protocol);
                }
            }
        } catch (NoSuchAlgorithmException e) {
            known.addAll(List.of("TLSv1.3", "TLSv1.2"));
        }
        return known;
    }
}
