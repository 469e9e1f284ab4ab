package io.sluice.internal.boringssl;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a context as Netty sees them. BoringSSL receives the keys that can be exported. Any other key, such as one of a token, is
 * withheld, and signs here. Thread-safe.
 */
final class EngineKeys extends X509ExtendedKeyManager {

    private final X509ExtendedKeyManager keys;

    /** The keys of the handshakes that sign here. Engines are equal only if they are identical. */
    private final Map<SSLEngine, PrivateKey> signing = Collections.synchronizedMap(new WeakHashMap<>());

    EngineKeys(X509ExtendedKeyManager keys) {
        this.keys = keys;
    }

    /** The key that an engine's handshake signs with, if BoringSSL does not have it. */
    @Nullable
    PrivateKey signing(SSLEngine engine) {
        return signing.get(engine);
    }

    private @Nullable String chosen(@Nullable String alias, SSLEngine engine) {
        if (alias != null) {
            PrivateKey key = keys.getPrivateKey(alias);
            if (key != null && !isExportable(key)) {
                signing.put(engine, key);
            }
        }
        return alias;
    }

    private static boolean isExportable(PrivateKey key) {
        return "PKCS#8".equals(key.getFormat());
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return chosen(keys.chooseEngineServerAlias(keyType, issuers, engine), engine);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return chosen(keys.chooseEngineClientAlias(keyTypes, issuers, engine), engine);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        PrivateKey key = keys.getPrivateKey(alias);
        return key == null || isExportable(key) ? key : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return keys.getCertificateChain(alias);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return keys.getClientAliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return keys.getServerAliases(keyType, issuers);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null; // Netty's engines have no sockets.
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
