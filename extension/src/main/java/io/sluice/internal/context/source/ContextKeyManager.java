package io.sluice.internal.context.source;

import io.sluice.internal.context.ClientCertificates;
import io.sluice.internal.context.EngineOrigins;
import io.sluice.internal.context.handshake.ConnectionMap;
import io.sluice.internal.context.handshake.RefusedNames;
import io.sluice.internal.context.source.KeyChooser.ChosenKey;
import io.sluice.internal.material.Material;
import io.sluice.internal.material.OrderedKeyManager;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The key manager of an {@code SSLContext}, which may outlive its keys. A handshake uses the keys of the load that its engine was made by; a
 * socket, the keys in use when it chooses. JSSE asks for an alias first, and for the key and the certificates of that alias later. So an
 * alias names its keys too: a certificate is never combined with the key of another load. Thread-safe.
 */
final class ContextKeyManager extends X509ExtendedKeyManager {

    private static final char SEPARATOR = ':';

    private final ConnectionMap<KeyChooser> ofMaterial = new ConnectionMap<>();

    /** Keeps the chosen keys as long as the connection lives, because they are known only weakly by their number. */
    private final ConnectionMap<OrderedKeyManager> ofConnections = new ConnectionMap<>();

    private final Map<String, WeakReference<OrderedKeyManager>> byNumber = new ConcurrentHashMap<>();
    private volatile KeyChooser current;

    ContextKeyManager(Material material, KeyChooser chooser) {
        this.current = chooser;
        exchange(material, chooser);
    }

    /** Uses other keys from now on. */
    void exchange(Material material, KeyChooser chooser) {
        ofMaterial.put(material, chooser);
        current = chooser;
    }

    private KeyChooser chooser(SSLEngine engine) {
        return EngineOrigins.of(engine)
                .flatMap(origin -> origin.snapshot().material())
                .flatMap(ofMaterial::get)
                .orElse(current);
    }

    private String alias(ChosenKey chosen, @Nullable Object connection) {
        OrderedKeyManager keys = chosen.keys();
        if (connection != null) {
            ofConnections.put(connection, keys);
        }
        if (!byNumber.containsKey(keys.number())) {
            byNumber.values().removeIf(others -> others.refersTo(null));
            byNumber.put(keys.number(), new WeakReference<>(keys));
        }
        return keys.number() + SEPARATOR + chosen.alias();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        KeyChooser chooser = chooser(engine);
        SSLSession session = engine.getHandshakeSession();
        Optional<ChosenKey> chosen = chooser.server(keyType, issuers, engine, session, engine.getPeerHost());
        if (chosen.isEmpty()) {
            chooser.own().refused(Optional.ofNullable(session)).ifPresent(why -> RefusedNames.refused(engine, why));
        }
        return chosen.map(key -> alias(key, engine)).orElse(null);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        SSLSession session = handshake(socket);
        return current.server(keyType, issuers, socket, session, session == null ? null : session.getPeerHost())
                .map(chosen -> alias(chosen, socket))
                .orElse(null);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        KeyChooser chooser = chooser(engine);
        Optional<ChosenKey> chosen = chooser.client(keyTypes, issuers, engine.getPeerHost());
        if (chosen.isEmpty()) {
            ClientCertificates.noneSent(engine, chooser.whyNone(keyTypes, issuers), issuers);
        }
        return chosen.map(key -> alias(key, engine)).orElse(null);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        SSLSession session = handshake(socket);
        return current.client(keyTypes, issuers, session == null ? null : session.getPeerHost())
                .map(chosen -> alias(chosen, socket))
                .orElse(null);
    }

    private static @Nullable SSLSession handshake(Socket socket) {
        return socket instanceof SSLSocket ssl ? ssl.getHandshakeSession() : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        OrderedKeyManager keys = keysOf(alias);
        return keys == null ? null : keys.getCertificateChain(own(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        OrderedKeyManager keys = keysOf(alias);
        return keys == null ? null : keys.getPrivateKey(own(alias));
    }

    private @Nullable OrderedKeyManager keysOf(String alias) {
        int separator = alias.indexOf(SEPARATOR);
        WeakReference<OrderedKeyManager> known = separator < 0 ? null : byNumber.get(alias.substring(0, separator));
        return known == null ? null : known.get();
    }

    private static String own(String alias) {
        return alias.substring(alias.indexOf(SEPARATOR) + 1);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(current.own(), keyType, issuers);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(current.ofClients(), keyType, issuers);
    }

    private String @Nullable [] aliases(OrderedKeyManager keys, String keyType, Principal @Nullable [] issuers) {
        String[] aliases = keys.getServerAliases(keyType, issuers);
        if (aliases == null) {
            return null;
        }
        String[] named = new String[aliases.length];
        for (int i = 0; i < aliases.length; i++) {
            named[i] = alias(new ChosenKey(keys, aliases[i]), null);
        }
        return named;
    }
}
