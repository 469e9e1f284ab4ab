package io.sluice.it.server;

import io.sluice.testing.TestCertificate;
import java.util.LinkedHashMap;
import java.util.Map;

/** Properties of contexts. */
final class Configured {

    private Configured() {}

    /** A context that shows a certificate. */
    static Map<String, String> key(String context, TestCertificate certificate) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("sluice.ssl." + context + ".key-store.pem.0.cert", certificate.certificatePem());
        properties.put("sluice.ssl." + context + ".key-store.pem.0.key", certificate.keyPem());
        return properties;
    }
}
