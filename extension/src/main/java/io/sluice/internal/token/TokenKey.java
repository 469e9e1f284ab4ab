package io.sluice.internal.token;

import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * A key of a private provider. The JVM asks only registered providers to sign. {@link TokenSignatures} is registered, and passes the work to
 * the provider of the key. Its string shows no key.
 */
public sealed class TokenKey implements PrivateKey {

    private static final long serialVersionUID = 1L;

    private final transient PrivateKey key;
    private final transient Provider provider;

    private TokenKey(PrivateKey key, Provider provider) {
        this.key = key;
        this.provider = provider;
    }

    /**
     * Makes a key usable for JSSE.
     *
     * @param key a key of the provider, which does not leave its token
     * @param certificate its certificate
     * @param provider the private provider
     * @return the key
     */
    public static TokenKey of(PrivateKey key, X509Certificate certificate, Provider provider) {
        TokenSignatures.register();
        return certificate.getPublicKey() instanceof RSAPublicKey rsa
                ? new OfRsa(key, provider, rsa)
                : new TokenKey(key, provider);
    }

    /**
     * Prepares a key that is about to be used. The provider that signs may have been removed when another application ended.
     *
     * @param key any key
     * @return the same key
     */
    public static PrivateKey ready(PrivateKey key) {
        if (key instanceof TokenKey) {
            TokenSignatures.register();
        }
        return key;
    }

    PrivateKey key() {
        return key;
    }

    Provider provider() {
        return provider;
    }

    @Override
    public String getAlgorithm() {
        return key.getAlgorithm();
    }

    @Override
    public @Nullable String getFormat() {
        return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
        return null;
    }

    @Override
    public String toString() {
        return "a key of " + provider.getName();
    }

    /** JSSE signs with RSA keys only if it knows their length. */
    private static final class OfRsa extends TokenKey implements RSAKey {

        private static final long serialVersionUID = 1L;

        private final transient RSAPublicKey certified;

        OfRsa(PrivateKey key, Provider provider, RSAPublicKey certified) {
            super(key, provider);
            this.certified = certified;
        }

        @Override
        public BigInteger getModulus() {
            return certified.getModulus();
        }

        @Override
        public @Nullable AlgorithmParameterSpec getParams() {
            return certified.getParams();
        }
    }
}
