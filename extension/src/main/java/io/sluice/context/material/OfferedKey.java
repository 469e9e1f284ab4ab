package io.sluice.context.material;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key as it is offered to JSSE, which asks in every handshake for one type after the other: what it asks for is read from the
 * certificate once.
 *
 * @param alias what JSSE knows it by: its place in the order
 * @param entry the key
 * @param algorithm the key's algorithm
 * @param signature the algorithm that its certificate is signed with
 */
record OfferedKey(String alias, KeyEntry entry, String algorithm, String signature) {

    static List<OfferedKey> inOrder(List<KeyEntry> entries) {
        List<OfferedKey> keys = new ArrayList<>(entries.size());
        for (KeyEntry entry : entries) {
            X509Certificate certificate = entry.certificate();
            keys.add(new OfferedKey(
                    Integer.toString(keys.size()),
                    entry,
                    certificate.getPublicKey().getAlgorithm(),
                    certificate.getSigAlgName()));
        }
        return List.copyOf(keys);
    }

    /** Its alias in its store. */
    String name() {
        return entry.alias();
    }

    boolean isFor(String hostName) {
        return CertificateNames.match(entry.certificate(), hostName);
    }

    /** A key type is a key's algorithm, or that and its issuer's, as in EC_RSA (RFC 4492). */
    boolean fits(String keyType, Principal @Nullable [] issuers) {
        int separator = keyType.indexOf('_');
        boolean typeFits = separator < 0
                ? algorithm.equals(keyType)
                : algorithm.length() == separator
                        && keyType.startsWith(algorithm)
                        && signature.contains(keyType.substring(separator + 1));
        return typeFits && isIssuedByOneOf(issuers);
    }

    private boolean isIssuedByOneOf(Principal @Nullable [] issuers) {
        return issuers == null
                || issuers.length == 0
                || entry.chain().stream()
                        .anyMatch(certificate -> Arrays.asList(issuers).contains(certificate.getIssuerX500Principal()));
    }
}
