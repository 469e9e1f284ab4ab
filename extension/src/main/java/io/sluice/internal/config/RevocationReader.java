package io.sluice.internal.config;

import io.sluice.internal.settings.Problem;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RevocationSettings;
import io.sluice.internal.settings.RevocationSettings.Kind;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.TrustStoreSettings;
import java.util.Optional;

/** Reads how a context detects revoked certificates. If lists are configured, they are used. */
final class RevocationReader {

    /** The JDK's switch for fetching the lists that certificates name. */
    private static final String FETCHED = "com.sun.security.enableCRLDP";

    private final ContextProperties properties;
    private final Problems problems;

    RevocationReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    RevocationSettings read(TrustStoreSettings trust) {
        Optional<Setting> lists = properties.value(TrustStoreKeys.REVOCATION_LISTS);
        Optional<Kind> configured = properties.constant(TrustStoreKeys.REVOCATION, Kind.class);
        Kind kind = configured.orElse(lists.isPresent() ? Kind.CRL : Kind.NONE);
        if (kind == Kind.CRL && lists.isEmpty() && !Boolean.getBoolean(FETCHED)) {
            properties.missing(
                    TrustStoreKeys.REVOCATION_LISTS.name(),
                    properties.name(TrustStoreKeys.REVOCATION) + " is crl, but there is no revocation list",
                    "Set the lists, or set the system property " + FETCHED
                            + "=true to fetch the lists that certificates name");
        }
        if (kind == Kind.NONE) {
            lists.ifPresent(unused -> problems.warn(Problem.of(
                    unused,
                    properties.name(TrustStoreKeys.REVOCATION) + " is none, so the revocation lists are not used",
                    "Remove one of the two properties")));
            refuseWithoutCheck(TrustStoreKeys.SOFT_FAIL);
            refuseWithoutCheck(TrustStoreKeys.ONLY_END_ENTITY);
            return RevocationSettings.NONE;
        }
        if (trust instanceof TrustStoreSettings.All all) {
            problems.error(
                    lists.or(() -> properties.value(TrustStoreKeys.REVOCATION)).orElse(all.setting()),
                    "revocation is to be checked, but " + all.setting().property() + " turns off all checks",
                    "Remove one of the two properties");
        }
        return new RevocationSettings(
                kind,
                lists,
                properties.flag(TrustStoreKeys.SOFT_FAIL),
                properties.flag(TrustStoreKeys.ONLY_END_ENTITY));
    }

    private void refuseWithoutCheck(Key option) {
        if (properties.flag(option)) {
            properties
                    .value(option)
                    .ifPresent(set -> problems.error(
                            set,
                            "certificates are not checked for revocation, so this has no effect",
                            "Set " + properties.name(TrustStoreKeys.REVOCATION)
                                    + " to crl or ocsp, or remove this property"));
        }
    }
}
