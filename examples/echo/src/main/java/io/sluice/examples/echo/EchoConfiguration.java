package io.sluice.examples.echo;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Lends the example what is not configured, so that it runs with no set-up: a certificate for the server, and trust in it for the
 * client.
 */
final class EchoConfiguration {

    private static final String SERVER_KEY = "sluice.ssl.echo.key-store.";
    private static final String CLIENT_TRUST = "sluice.ssl.echo-client.trust-store.";

    private EchoConfiguration() {}

    static void complete() throws IOException, GeneralSecurityException {
        Config given = ConfigProvider.getConfig();
        boolean keyGiven = has(given, SERVER_KEY);
        Map<String, String> lent = new HashMap<>();
        SelfSigned made = SelfSigned.forLocalhost();
        if (!keyGiven) {
            lent.put(SERVER_KEY + "pem.self-signed.cert", made.certificate());
            lent.put(SERVER_KEY + "pem.self-signed.key", made.key());
        }
        if (!has(given, CLIENT_TRUST)) {
            trust(given, keyGiven, made, lent);
        }
        extend(given, lent);
    }

    /** The client trusts the certificate made here, or the one configured as PEM pair 0, or else whom the JDK trusts. */
    private static void trust(Config given, boolean keyGiven, SelfSigned made, Map<String, String> lent) {
        String configured =
                given.getOptionalValue(SERVER_KEY + "pem.0.cert", String.class).orElse("");
        if (!keyGiven) {
            lent.put(CLIENT_TRUST + "pem.certs", made.certificate());
        } else if (!configured.isEmpty()) {
            lent.put(CLIENT_TRUST + "pem.certs", configured);
        } else {
            lent.put(CLIENT_TRUST + "jdk", "true");
        }
    }

    /** Also as the configuration library names what comes from the environment: with dots for all that is no letter. */
    private static boolean has(Config config, String prefix) {
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .map(name -> name.replace('-', '.'))
                .anyMatch(name -> name.startsWith(prefix.replace('-', '.')));
    }

    private static void extend(Config given, Map<String, String> lent) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        Config extended = resolver.getBuilder()
                .forClassLoader(loader)
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredConverters()
                .withSources(new Lent(lent))
                .build();
        resolver.releaseConfig(given);
        resolver.registerConfig(extended, loader);
    }

    /** Properties that give way to all others. */
    private record Lent(Map<String, String> properties) implements ConfigSource {

        @Override
        public Set<String> getPropertyNames() {
            return properties.keySet();
        }

        @Override
        public String getValue(String name) {
            return properties.get(name);
        }

        @Override
        public String getName() {
            return "the example's own certificate";
        }

        @Override
        public int getOrdinal() {
            return 1;
        }
    }
}
