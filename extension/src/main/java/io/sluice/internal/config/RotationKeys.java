package io.sluice.internal.config;

import io.sluice.internal.settings.ExpirationPolicy;
import io.sluice.internal.settings.ExpiryWarning;
import io.sluice.internal.settings.RotationSettings;
import java.util.stream.Collectors;

/** The keys about how a context follows its material, and when it warns. */
final class RotationKeys {

    /** The word for no reloads or no warnings. */
    static final String OFF = "off";

    static final Key RELOAD_PERIOD = Key.of(
                    "reload-period",
                    ValueType.PERIOD,
                    "the time between two looks at the files of keys, trust, revocation lists and passwords: `10ms` to"
                            + " `10000d`, or `off`")
            .preset(RotationSettings.DEFAULT_PERIOD);

    static final Key EXPIRY_WARNING = Key.of(
                    "expiry-warning",
                    ValueType.LIST,
                    "how long before its end a certificate or a revocation list is reported: percentages of its own validity"
                            + " (`1%` to `99%`) and durations such as `30d`, comma-separated; or `off`")
            .preset(RotationSettings.DEFAULT_WARNINGS.stream()
                    .map(RotationKeys::text)
                    .collect(Collectors.joining(",")));

    static final Key OWN_KEYS = policy(StoreKey.KEYS, "a certificate of a key");
    static final Key TRUST = policy(StoreKey.TRUST, "a trusted certificate");

    static final KeyTable TABLE = KeyTable.of("rotation", RELOAD_PERIOD, EXPIRY_WARNING, OWN_KEYS, TRUST);

    private RotationKeys() {}

    private static Key policy(String store, String certificate) {
        return Key.choice(
                store + ".certificate-expiration-policy",
                ExpirationPolicy.WARN,
                "what to do if " + certificate
                        + " has expired when it is loaded: `warn`, `ignore` or `reject` (the deployment or the reload fails)");
    }

    private static String text(ExpiryWarning warning) {
        return warning.percent() + "%";
    }
}
