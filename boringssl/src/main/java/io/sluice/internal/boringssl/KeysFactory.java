package io.sluice.internal.boringssl;

import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyManagerFactorySpi;
import javax.net.ssl.ManagerFactoryParameters;
import org.jspecify.annotations.Nullable;

/** A factory that gives a key manager that exists already, because Netty asks for a factory. */
final class KeysFactory extends KeyManagerFactory {

    private KeysFactory(KeyManagerFactorySpi spi, KeyManagerFactory like) {
        super(spi, like.getProvider(), like.getAlgorithm());
    }

    static KeyManagerFactory of(KeyManager keys) {
        try {
            return new KeysFactory(
                    new Given(keys), KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JVM lacks its own default", e);
        }
    }

    private static final class Given extends KeyManagerFactorySpi {

        private final KeyManager keys;

        Given(KeyManager keys) {
            this.keys = keys;
        }

        @Override
        protected void engineInit(@Nullable KeyStore store, char @Nullable [] password) {}

        @Override
        protected void engineInit(ManagerFactoryParameters parameters) {}

        @Override
        protected KeyManager[] engineGetKeyManagers() {
            return new KeyManager[] {keys};
        }
    }
}
