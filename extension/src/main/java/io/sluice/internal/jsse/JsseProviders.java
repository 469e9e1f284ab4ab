package io.sluice.internal.jsse;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/** The security providers of this JVM that make contexts. */
public final class JsseProviders {

    private static final String TLS = "TLS";

    private JsseProviders() {}

    /** Finds a registered provider that makes contexts. */
    public static Optional<Provider> named(String name) {
        return all().filter(provider -> provider.getName().equals(name)).findFirst();
    }

    /** The names of all registered providers that make contexts, the preferred one first. */
    public static List<String> names() {
        return all().map(Provider::getName).toList();
    }

    private static Stream<Provider> all() {
        return Arrays.stream(Security.getProviders())
                .filter(provider -> provider.getService("SSLContext", TLS) != null);
    }

    /** A context that is not initialised yet. */
    public static SSLContext context(Provider provider) throws NoSuchAlgorithmException {
        return SSLContext.getInstance(TLS, provider);
    }

    /** A context of the preferred provider, which is not initialised yet. */
    public static SSLContext context() throws NoSuchAlgorithmException {
        return SSLContext.getInstance(TLS);
    }
}
