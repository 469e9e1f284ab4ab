package io.sluice.it.support;

import io.sluice.testing.TestCertificate;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Two configured contexts, {@code web} and {@code queue}, which differ in certificate, protocol version and application
 * protocol.
 */
public final class TwoContexts {

    public static final String WEB = "web";
    public static final String QUEUE = "queue";

    private final TestCertificate other = TestCertificate.ec("localhost");
    private final TestCertificate web = TestCertificate.ec(WEB);
    private final TestCertificate queue = TestCertificate.ec(QUEUE);

    /** Returns their configuration. */
    public Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.putAll(context(WEB, web, "TLSv1.3"));
        properties.putAll(context(QUEUE, queue, "TLSv1.2"));
        return properties;
    }

    private Map<String, String> context(String name, TestCertificate own, String protocol) {
        String prefix = "sluice.ssl." + name + ".";
        return Map.of(
                prefix + "key-store.pem.0.cert", own.certificatePem(),
                prefix + "key-store.pem.0.key", own.keyPem(),
                prefix + "trust-store.pem.certs", other.certificatePem(),
                prefix + "protocols", protocol,
                prefix + "alpn", name);
    }

    /** The key of a peer that both contexts trust, in a store whose password is {@code changeit}. */
    public KeyStore peerKeys() {
        return other.keyStore();
    }

    /** A peer that both contexts trust. */
    public Peer peer() {
        return Peer.with(other);
    }
}
