package io.sluice.internal.material;

import io.sluice.internal.settings.SniSettings;
import io.sluice.internal.token.TokenKey;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIMatcher;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a key that fits. Among several, {@link KeyPreference} decides, because the JDK's managers keep their keys in a hash map and so
 * without an order. Thread-safe.
 */
public final class OrderedKeyManager extends X509ExtendedKeyManager {

    private static final int NAMED = 3;
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String number = Long.toString(NUMBERS.incrementAndGet());
    private final List<OfferedKey> keys;
    private final SniSettings sni;

    OrderedKeyManager(List<KeyEntry> entries, SniSettings sni) {
        this.keys = OfferedKey.inOrder(entries);
        this.sni = sni;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return serverAlias(keyType, issuers, Optional.ofNullable(engine.getHandshakeSession()));
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return serverAlias(
                keyType,
                issuers,
                socket instanceof SSLSocket ssl ? Optional.ofNullable(ssl.getHandshakeSession()) : Optional.empty());
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return clientAlias(keyTypes, issuers);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return clientAlias(keyTypes, issuers);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType, issuers);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType, issuers);
    }

    private String @Nullable [] aliases(String keyType, Principal @Nullable [] issuers) {
        String[] aliases = keys.stream()
                .filter(key -> key.fits(keyType, issuers))
                .map(OfferedKey::alias)
                .toArray(String[]::new);
        return aliases.length == 0 ? null : aliases;
    }

    /**
     * Returns a number that no other manager of this JVM has.
     *
     * @return decimal digits
     */
    public String number() {
        return number;
    }

    /**
     * Returns whether there is a key.
     *
     * @return false if there is none
     */
    public boolean hasKeys() {
        return !keys.isEmpty();
    }

    /**
     * Returns whether a server may accept one of the keys from a client.
     *
     * @return true if the certificate of at least one key allows client authentication
     */
    public boolean hasClientKey() {
        return keys.stream().anyMatch(key -> key.usages().client());
    }

    /**
     * Returns the names of the keys, by which a callback chooses.
     *
     * @return the aliases in the store, or the names of the PEM pairs, in their order
     */
    public List<String> names() {
        return keys.stream().map(OfferedKey::name).toList();
    }

    /**
     * Returns whether there is a key of a given name.
     *
     * @param name an alias in the store, or the name of a PEM pair; case is ignored
     * @return true if there is one
     */
    public boolean has(String name) {
        return keys.stream().anyMatch(key -> key.name().equalsIgnoreCase(name));
    }

    /**
     * Returns JSSE's alias for the key of a given name.
     *
     * @param name one of {@link #names}; case is ignored as in a PKCS12 store, unless two names differ only in case
     * @param keyTypes the key types that the peer accepts
     * @return the alias; empty if the key has none of the types
     */
    public Optional<String> aliasOf(String name, List<String> keyTypes) {
        boolean exact = keys.stream().anyMatch(key -> key.name().equals(name));
        return keys.stream()
                .filter(key -> exact ? key.name().equals(name) : key.name().equalsIgnoreCase(name))
                .filter(key -> keyTypes.stream().anyMatch(keyType -> key.fits(keyType, null)))
                .findFirst()
                .map(OfferedKey::alias);
    }

    /**
     * Returns JSSE's alias for the key to show to a client.
     *
     * @param keyType the key type
     * @param issuers the issuers that the client accepts, or null for all
     * @param session the handshake's session
     * @return the alias, or null
     */
    public @Nullable String serverAlias(String keyType, Principal @Nullable [] issuers, Optional<SSLSession> session) {
        for (OfferedKey key : candidates(session)) { // Some engines ask several times in each handshake.
            if (key.fits(keyType, issuers)) {
                return key.alias();
            }
        }
        return null;
    }

    private List<OfferedKey> candidates(Optional<SSLSession> session) {
        if (refused(session).isPresent()) {
            return List.of();
        }
        if (keys.size() < 2) {
            return keys;
        }
        String name =
                sni.byName() ? session.flatMap(OrderedKeyManager::requestedName).orElse(null) : null;
        return KeyPreference.forServer(keys, name, session.orElse(null));
    }

    /**
     * Explains why the name that a client sends is refused, or that it sends none.
     *
     * @param session the handshake's session; empty if JSSE does not show it yet, as when it looks at the ticket of a client
     * @return the reason, with the property that says so; empty if the name is accepted
     */
    public Optional<String> refused(Optional<SSLSession> session) {
        boolean refuses =
                sni.refuseMissing().isPresent() || sni.refuseUnmatched().isPresent();
        if (!refuses || session.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> name = session.flatMap(OrderedKeyManager::requestedName);
        return name.isEmpty()
                ? sni.refuseMissing()
                        .map(refuse -> "the client sent no server name (SNI), and " + refuse.property() + " is refuse")
                : sni.refuseUnmatched()
                        .filter(refuse -> !NameMatcher.isOf(keys, name.get()))
                        .map(refuse -> "the client sent the server name '" + name.get()
                                + "', which no certificate has, and " + refuse.property() + " is refuse");
    }

    /**
     * Returns what tells JSSE to refuse a name that no certificate has.
     *
     * @return the matcher for the parameters of the server side; empty if every name is accepted
     */
    public Optional<SNIMatcher> nameMatcher() {
        return sni.refuseUnmatched().map(refuse -> new NameMatcher(keys));
    }

    /**
     * Returns JSSE's alias for the key to show to a server.
     *
     * @param keyTypes the key types that the server accepts
     * @param issuers the issuers that the server accepts, or null for all
     * @return the alias, or null
     */
    public @Nullable String clientAlias(String[] keyTypes, Principal @Nullable [] issuers) {
        List<OfferedKey> fitting = keys.stream()
                .filter(key -> Arrays.stream(keyTypes).anyMatch(keyType -> key.fits(keyType, issuers)))
                .toList();
        return KeyPreference.forClient(fitting).stream()
                .findFirst()
                .map(OfferedKey::alias)
                .orElse(null);
    }

    /**
     * Explains why no key suits a server. Only for use if {@link #clientAlias} returns null and there are keys. A server may send many
     * names, so the text names only a few.
     *
     * @param context the description of the context
     * @param keyTypes the key types that the server accepts
     * @param issuers the issuers that the server accepts, or null for all
     * @return the reason and what to do about it
     */
    public String whyNone(String context, String[] keyTypes, Principal @Nullable [] issuers) {
        List<OfferedKey> ofType = keys.stream()
                .filter(key -> Arrays.stream(keyTypes).anyMatch(type -> key.fits(type, null)))
                .toList();
        if (ofType.isEmpty() || issuers == null) {
            return "no key of " + context + " is of a type that the server accepts ("
                    + String.join(", ", keyTypes) + "). "
                    + listed(keys, key -> "of type " + key.type().algorithm())
                    + ". Configure a key of a type that the server accepts";
        }
        return "no key of " + context + " is issued by an authority that the server accepts ("
                + names(Arrays.asList(issuers), Principal::getName) + "). "
                + listed(ofType, key -> "issued by '" + key.issuer() + "'")
                + ". Configure a key of an authority that the server accepts";
    }

    private static String listed(List<OfferedKey> keys, Function<OfferedKey, String> trait) {
        String all = keys.stream()
                .limit(NAMED)
                .map(key -> "'" + key.name() + "' is " + trait.apply(key))
                .collect(Collectors.joining(", "));
        return "Key " + all + more(keys.size());
    }

    private static <T> String names(List<T> all, Function<T, String> name) {
        return all.stream().limit(NAMED).map(any -> "'" + name.apply(any) + "'").collect(Collectors.joining(", "))
                + more(all.size());
    }

    private static String more(int size) {
        return size > NAMED ? " and " + (size - NAMED) + " more" : "";
    }

    /**
     * Returns the host name that the client requests.
     *
     * @param session the handshake's session
     * @return the name in ASCII; empty if there is none
     */
    public static Optional<String> requestedName(SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                : Optional.empty();
    }

    private @Nullable OfferedKey key(@Nullable String alias) {
        for (OfferedKey key : keys) {
            if (key.alias().equals(alias)) {
                return key;
            }
        }
        return null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        OfferedKey key = key(alias);
        return key == null ? null : key.entry().chainArray();
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        OfferedKey key = key(alias);
        return key == null ? null : TokenKey.ready(key.entry().key());
    }
}
