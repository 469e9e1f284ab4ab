package io.sluice.examples.echo;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Lends the example a certificate of its own where no key store is configured, so that it runs with no set-up. */
final class EchoConfiguration {

    private static final String SERVER = "sluice.ssl.echo.";
    private static final String CLIENT = "sluice.ssl.echo-client.";

    private EchoConfiguration() {}

    static void useSelfSignedUnlessConfigured() throws IOException, GeneralSecurityException {
        Config given = ConfigProvider.getConfig();
        boolean configured = StreamSupport.stream(given.getPropertyNames().spliterator(), false)
                .anyMatch(name -> name.startsWith(SERVER + "key-store.") || name.startsWith(SERVER + "key.store."));
        if (configured) {
            return;
        }
        SelfSigned made = SelfSigned.forLocalhost();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        ConfigProviderResolver resolver = ConfigProviderResolver.instance();
        Config extended = resolver.getBuilder()
                .forClassLoader(loader)
                .addDefaultSources()
                .addDiscoveredSources()
                .addDiscoveredConverters()
                .withSources(new Lent(Map.of(
                        SERVER + "key-store.pem.self-signed.cert", made.certificate(),
                        SERVER + "key-store.pem.self-signed.key", made.key(),
                        CLIENT + "trust-store.pem.certs", made.certificate())))
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
