package io.sluice.context.material;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the first key that fits, in the configured order: the JDK's managers keep their keys in a hash map and so in no order. With
 * SNI only the keys count whose certificate has the name that the client sends, if there is one.
 */
final class OrderedKeyManager extends X509ExtendedKeyManager {

    private final List<KeyEntry> entries;
    private final boolean sni;

    OrderedKeyManager(List<KeyEntry> entries, boolean sni) {
        this.entries = List.copyOf(entries);
        this.sni = sni;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return server(keyType, issuers, engine.getHandshakeSession());
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return server(keyType, issuers, socket instanceof SSLSocket ssl ? ssl.getHandshakeSession() : null);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
        return client(keyTypes, issuers);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return client(keyTypes, issuers);
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
        String[] aliases = entries.stream()
                .filter(entry -> fits(entry, keyType, issuers))
                .map(this::alias)
                .toArray(String[]::new);
        return aliases.length == 0 ? null : aliases;
    }

    private @Nullable String server(String keyType, Principal @Nullable [] issuers, @Nullable SSLSession session) {
        return candidates(session).stream()
                .filter(entry -> fits(entry, keyType, issuers))
                .findFirst()
                .map(this::alias)
                .orElse(null);
    }

    /** JSSE asks for one key type after the other: a key of the wrong name must not win because its type is asked for first. */
    private List<KeyEntry> candidates(@Nullable SSLSession session) {
        Optional<String> requested = sni ? requestedName(session) : Optional.empty();
        List<KeyEntry> named = requested.stream()
                .flatMap(name -> entries.stream().filter(entry -> CertificateNames.match(entry.certificate(), name)))
                .toList();
        return named.isEmpty() ? entries : named;
    }

    private @Nullable String client(String[] keyTypes, Principal @Nullable [] issuers) {
        return entries.stream()
                .filter(entry -> Arrays.stream(keyTypes).anyMatch(keyType -> fits(entry, keyType, issuers)))
                .findFirst()
                .map(this::alias)
                .orElse(null);
    }

    /** A key type is a key's algorithm, or that and its issuer's, as in EC_RSA (RFC 4492). */
    private static boolean fits(KeyEntry entry, String keyType, Principal @Nullable [] issuers) {
        int separator = keyType.indexOf('_');
        String algorithm = separator < 0 ? keyType : keyType.substring(0, separator);
        String issuer = separator < 0 ? "" : keyType.substring(separator + 1);
        return entry.certificate().getPublicKey().getAlgorithm().equals(algorithm)
                && entry.certificate().getSigAlgName().contains(issuer)
                && issuedByOneOf(entry, issuers);
    }

    private static boolean issuedByOneOf(KeyEntry entry, Principal @Nullable [] issuers) {
        return issuers == null
                || issuers.length == 0
                || entry.chain().stream()
                        .anyMatch(certificate -> Arrays.asList(issuers).contains(certificate.getIssuerX500Principal()));
    }

    private static Optional<String> requestedName(@Nullable SSLSession session) {
        return session instanceof ExtendedSSLSession extended
                ? extended.getRequestedServerNames().stream()
                        .filter(SNIHostName.class::isInstance)
                        .map(name -> ((SNIHostName) name).getAsciiName())
                        .findFirst()
                : Optional.empty();
    }

    private String alias(KeyEntry entry) {
        return Integer.toString(entries.indexOf(entry));
    }

    private Optional<KeyEntry> entry(@Nullable String alias) {
        return entries.stream().filter(entry -> alias(entry).equals(alias)).findFirst();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return entry(alias).map(KeyEntry::chainArray).orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return entry(alias).map(KeyEntry::key).orElse(null);
    }
}
