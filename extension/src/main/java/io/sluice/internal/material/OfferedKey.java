package io.sluice.internal.material;

import java.security.Principal;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key as JSSE sees it. JSSE asks for one key type after the other in every handshake, so the certificate's data is extracted only
 * once.
 *
 * @param alias the alias for JSSE, which is the key's position in the order
 * @param entry the key
 * @param type its type
 * @param usages the sides that its certificate is for
 * @param hostNames the DNS names of its certificate's subject alternative names (RFC 6125), in lower case
 * @param notBefore when its certificate begins to be valid, in milliseconds
 * @param notAfter when its certificate ceases to be valid, in milliseconds
 */
record OfferedKey(
        String alias,
        KeyEntry entry,
        KeyType type,
        KeyUsages usages,
        List<String> hostNames,
        long notBefore,
        long notAfter) {

    private static final int DNS_NAME = 2;

    static List<OfferedKey> inOrder(List<KeyEntry> entries) {
        List<OfferedKey> keys = new ArrayList<>(entries.size());
        for (KeyEntry entry : entries) {
            X509Certificate certificate = entry.certificate();
            keys.add(new OfferedKey(
                    Integer.toString(keys.size()),
                    entry,
                    KeyType.of(certificate),
                    KeyUsages.of(certificate),
                    hostNames(certificate),
                    certificate.getNotBefore().getTime(),
                    certificate.getNotAfter().getTime()));
        }
        return List.copyOf(keys);
    }

    private static List<String> hostNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null
                    ? List.of()
                    : names.stream()
                            .filter(name -> Integer.valueOf(DNS_NAME).equals(name.get(0)))
                            .map(name -> String.valueOf(name.get(1)).toLowerCase(Locale.ROOT))
                            .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    /** A wildcard stands for exactly one label, the leftmost. */
    private static boolean matches(String name, String host) {
        int dot = host.indexOf('.');
        return name.equals(host)
                || (name.startsWith("*.") && dot > 0 && host.substring(dot).equals(name.substring(1)));
    }

    /** Returns the key's alias in its store. */
    String name() {
        return entry.alias();
    }

    /** Returns the name of the certificate's issuer. */
    String issuer() {
        return entry.certificate().getIssuerX500Principal().getName();
    }

    /** Whether the certificate is for a host name, which must be in lower case. */
    boolean isFor(String hostName) {
        return hostNames.stream().anyMatch(name -> matches(name, hostName));
    }

    boolean isForExactly(String hostName) {
        return hostNames.contains(hostName);
    }

    boolean isValidAt(long millis) {
        return notBefore <= millis && millis <= notAfter;
    }

    boolean fits(String keyType, Principal @Nullable [] issuers) {
        return type.is(keyType) && isIssuedByOneOf(issuers);
    }

    private boolean isIssuedByOneOf(Principal @Nullable [] issuers) {
        return issuers == null
                || issuers.length == 0
                || entry.chain().stream()
                        .anyMatch(certificate -> Arrays.asList(issuers).contains(certificate.getIssuerX500Principal()));
    }
}
