package io.sluice.examples.echo;

import io.sluice.examples.provision.DefaultProperties;
import io.sluice.examples.provision.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Adds default configuration, so that the example runs without set-up: a certificate of the server, which the client
 * trusts.
 */
final class EchoConfiguration {

    private static final String SERVER_KEY = "sluice.ssl.echo.key-store.";
    private static final String CLIENT_TRUST = "sluice.ssl.echo-client.trust-store.";

    private EchoConfiguration() {}

    static void complete() throws IOException, GeneralSecurityException {
        boolean keyConfigured = DefaultProperties.isConfigured(SERVER_KEY);
        Map<String, String> defaults = new HashMap<>();
        Identity generated = Identity.selfSigned("localhost");
        if (!keyConfigured) {
            defaults.put(SERVER_KEY + "pem.self-signed.cert", generated.certificate());
            defaults.put(SERVER_KEY + "pem.self-signed.key", generated.key());
        }
        if (!DefaultProperties.isConfigured(CLIENT_TRUST)) {
            trust(keyConfigured, generated, defaults);
        }
        DefaultProperties.add(defaults);
    }

    /** The client trusts the generated certificate, or the one configured as PEM pair 0, or else what the JDK trusts. */
    private static void trust(boolean keyConfigured, Identity generated, Map<String, String> defaults) {
        String configured = ConfigProvider.getConfig()
                .getOptionalValue(SERVER_KEY + "pem.0.cert", String.class)
                .orElse("");
        if (!keyConfigured) {
            defaults.put(CLIENT_TRUST + "pem.certs", generated.certificate());
        } else if (!configured.isEmpty()) {
            defaults.put(CLIENT_TRUST + "pem.certs", configured);
        } else {
            defaults.put(CLIENT_TRUST + "jdk", "true");
        }
    }
}
