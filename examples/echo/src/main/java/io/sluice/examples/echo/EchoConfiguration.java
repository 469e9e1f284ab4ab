package io.sluice.examples.echo;

import io.sluice.examples.provision.Identity;
import io.sluice.examples.provision.LentProperties;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Lends the example what is not configured, so that it runs with no set-up: a certificate for the server, and trust in it for the
 * client.
 */
final class EchoConfiguration {

    private static final String SERVER_KEY = "sluice.ssl.echo.key-store.";
    private static final String CLIENT_TRUST = "sluice.ssl.echo-client.trust-store.";

    private EchoConfiguration() {}

    static void complete() throws IOException, GeneralSecurityException {
        boolean keyGiven = LentProperties.isConfigured(SERVER_KEY);
        Map<String, String> lent = new HashMap<>();
        Identity made = Identity.selfSigned("localhost");
        if (!keyGiven) {
            lent.put(SERVER_KEY + "pem.self-signed.cert", made.certificate());
            lent.put(SERVER_KEY + "pem.self-signed.key", made.key());
        }
        if (!LentProperties.isConfigured(CLIENT_TRUST)) {
            trust(keyGiven, made, lent);
        }
        LentProperties.lend(lent);
    }

    /** The client trusts the certificate made here, or the one configured as PEM pair 0, or else whom the JDK trusts. */
    private static void trust(boolean keyGiven, Identity made, Map<String, String> lent) {
        String configured = ConfigProvider.getConfig()
                .getOptionalValue(SERVER_KEY + "pem.0.cert", String.class)
                .orElse("");
        if (!keyGiven) {
            lent.put(CLIENT_TRUST + "pem.certs", made.certificate());
        } else if (!configured.isEmpty()) {
            lent.put(CLIENT_TRUST + "pem.certs", configured);
        } else {
            lent.put(CLIENT_TRUST + "jdk", "true");
        }
    }
}
