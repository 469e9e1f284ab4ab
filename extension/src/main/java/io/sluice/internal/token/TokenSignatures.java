package io.sluice.internal.token;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signs with the keys of private providers, and with no others. It is registered while such keys are in use, as the last provider, so it
 * changes nothing for other keys and other code.
 */
public final class TokenSignatures extends Provider {

    private static final long serialVersionUID = 1L;

    private static final String NAME = "SluiceTokens";

    /** What JSSE signs with (RFC 8446, 4.2.3, and RFC 5246, 7.4.1.4.1), and what checks keys. */
    private static final List<String> ALGORITHMS = List.of(
            "SHA256withRSA",
            "SHA384withRSA",
            "SHA512withRSA",
            "SHA224withRSA",
            "SHA1withRSA",
            "RSASSA-PSS",
            "SHA256withECDSA",
            "SHA384withECDSA",
            "SHA512withECDSA",
            "SHA224withECDSA",
            "SHA1withECDSA");

    @GuardedBy("TokenSignatures.class")
    private static @Nullable TokenSignatures registered;

    private TokenSignatures(String name) {
        super(name, "1", "Signatures with keys of private providers");
        ALGORITHMS.forEach(algorithm -> putService(new TokenService(this, algorithm)));
    }

    @SuppressWarnings("ReferenceEquality") // Providers of other class loaders may be equal.
    private static boolean isRegistered(TokenSignatures provider) {
        return Security.getProvider(provider.getName()) == provider;
    }

    /** Registers the provider, unless it is registered. Each class loader that has Sluice has its own, under a name of its own. */
    static synchronized void register() {
        TokenSignatures known = registered;
        if (known != null && isRegistered(known)) {
            return;
        }
        TokenSignatures fresh = new TokenSignatures(NAME);
        for (int number = 2; Security.addProvider(fresh) < 0; number++) {
            fresh = new TokenSignatures(NAME + number);
        }
        registered = fresh;
    }

    /** Removes the provider, so that the JVM no longer refers to its class loader. It is registered again when it is needed. */
    public static synchronized void remove() {
        TokenSignatures known = registered;
        if (known != null && isRegistered(known)) {
            Security.removeProvider(known.getName());
        }
        registered = null;
    }

    private static final class TokenService extends Service {

        TokenService(Provider provider, String algorithm) {
            super(provider, "Signature", algorithm, TokenSignature.class.getName(), List.of(), Map.of());
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new TokenSignature(getAlgorithm());
        }

        @Override
        public boolean supportsParameter(@Nullable Object parameter) {
            return parameter instanceof TokenKey;
        }
    }
}
