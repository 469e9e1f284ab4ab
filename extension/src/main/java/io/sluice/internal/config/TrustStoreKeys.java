package io.sluice.internal.config;

import io.sluice.internal.settings.RevocationSettings;
import java.util.ArrayList;
import java.util.List;

/** The keys about whom a context trusts. */
final class TrustStoreKeys {

    static final Key KIND = Key.words(
                    StoreKey.TRUST + ".kind",
                    List.of("pem", "p12", "jks", "other", "jdk", "all"),
                    "[the only kind to use](#replacing-a-store); `all` needs `trust-all=true`")
            .otherwise("the kind that is configured");

    static final Key PEM = Key.of(
            StoreKey.TRUST + ".pem.certs",
            ValueType.MATERIALS,
            "certificates as PEM, or a directory of them, several comma-separated");

    static final Key JDK = Key.of(
                    StoreKey.TRUST + ".jdk",
                    ValueType.TRUTH,
                    "`true`: explicitly what the JDK trusts (its cacerts, or `javax.net.ssl.trustStore`). `false`: another"
                            + " kind of trust is required")
            .otherwise("what the JDK trusts, if no other trust is set");

    static final Key INCLUDE_DEFAULT = Key.truth(
            StoreKey.TRUST + ".include-default",
            false,
            "`true`: trusts what the JDK trusts, in addition to what is configured");

    static final Key ALL = Key.truth(
            StoreKey.TRUST_ALL, false, "`true`: trusts every certificate and host name. For tests; it logs a warning");

    static final Key REVOCATION_LISTS = Key.of(
                    StoreKey.TRUST + ".revocation-lists",
                    ValueType.MATERIALS,
                    "certificate revocation lists as PEM or DER, several comma-separated")
            .otherwise("none");

    static final Key REVOCATION = Key.choice(
                    "revocation",
                    RevocationSettings.Kind.class,
                    "how certificates are checked for revocation: `none`, `crl` (with the lists) or `ocsp` (asks the responder"
                            + " that the certificate names, and uses the lists if it does not answer)")
            .otherwise("`crl` if there are lists, else `none`");

    static final Key SOFT_FAIL = Key.truth(
            "revocation.soft-fail",
            false,
            "`true`: a certificate is accepted if its status cannot be determined. One that is known to be revoked is still"
                    + " rejected");

    static final Key ONLY_END_ENTITY = Key.truth(
            "revocation.only-end-entity",
            false,
            "`true`: only the peer's own certificate is checked, and not those of its authorities");

    static final KeyTable TABLE = new KeyTable("trust-store", rows());

    private TrustStoreKeys() {}

    private static List<KeyRow> rows() {
        List<KeyRow> rows = new ArrayList<>();
        rows.add(KeyRow.of(KIND));
        rows.add(KeyRow.of(PEM));
        rows.addAll(KeyStoreKeys.storeRows(StoreKey.TRUST));
        List.of(JDK, INCLUDE_DEFAULT, ALL, REVOCATION_LISTS, REVOCATION, SOFT_FAIL, ONLY_END_ENTITY)
                .forEach(key -> rows.add(KeyRow.of(key)));
        return rows;
    }
}
