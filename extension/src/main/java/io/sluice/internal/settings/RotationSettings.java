package io.sluice.internal.settings;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a context follows its material, and when it warns.
 *
 * @param reloadPeriod the time between two looks at the material; empty if reloads are off
 * @param reloadSetting the period if it is configured for the context itself; empty if it is inherited, or for the default
 * @param expiryWarnings when to warn of expiry; empty for never
 * @param ownKeys what to do with expired certificates of the context's keys
 * @param trust what to do with expired trusted certificates
 */
public record RotationSettings(
        Optional<Duration> reloadPeriod,
        Optional<Setting> reloadSetting,
        List<ExpiryWarning> expiryWarnings,
        ExpirationPolicy ownKeys,
        ExpirationPolicy trust) {

    /** The period unless another one is configured. */
    public static final Duration DEFAULT_PERIOD = Duration.ofMinutes(1);

    /** The warnings unless others are configured. */
    public static final List<ExpiryWarning> DEFAULT_WARNINGS =
            List.of(ExpiryWarning.ofPercent(25), ExpiryWarning.ofPercent(10));

    /** Nothing configured. */
    public static final RotationSettings DEFAULT = new RotationSettings(
            Optional.of(DEFAULT_PERIOD),
            Optional.empty(),
            DEFAULT_WARNINGS,
            ExpirationPolicy.WARN,
            ExpirationPolicy.WARN);

    /** Copies the list. */
    public RotationSettings {
        expiryWarnings = List.copyOf(expiryWarnings);
    }
}
