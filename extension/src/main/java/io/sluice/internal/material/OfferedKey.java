package io.sluice.internal.material;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as JSSE sees it. JSSE asks for one key type after the other in every handshake, so the certificate's data is extracted only
 * once.
 *
 * @param alias the alias for JSSE, which is the key's position in the order
 * @param entry the key
 * @param type its type
 * @param usages the sides that its certificate is for
 * @param notBefore when its certificate begins to be valid, in milliseconds
 * @param notAfter when its certificate ceases to be valid, in milliseconds
 */
record OfferedKey(String alias, KeyEntry entry, KeyType type, KeyUsages usages, long notBefore, long notAfter) {

    static List<OfferedKey> inOrder(List<KeyEntry> entries) {
        List<OfferedKey> keys = new ArrayList<>(entries.size());
        for (KeyEntry entry : entries) {
            X509Certificate certificate = entry.certificate();
            keys.add(new OfferedKey(
                    Integer.toString(keys.size()),
                    entry,
                    KeyType.of(certificate),
                    KeyUsages.of(certificate),
                    certificate.getNotBefore().getTime(),
                    certificate.getNotAfter().getTime()));
        }
        return List.copyOf(keys);
    }

    /** Returns the key's alias in its store. */
    String name() {
        return entry.alias();
    }

    /** Returns the name of the certificate's issuer. */
    String issuer() {
        return entry.certificate().getIssuerX500Principal().getName();
    }

    boolean isFor(String hostName) {
        return CertificateNames.match(entry.certificate(), hostName);
    }

    boolean isForExactly(String hostName) {
        return CertificateNames.of(entry.certificate()).contains(hostName);
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
