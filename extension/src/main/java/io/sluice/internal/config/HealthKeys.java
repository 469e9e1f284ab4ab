package io.sluice.internal.config;

import java.util.List;

/** The keys of the jar sluice-health. */
final class HealthKeys {

    /** The prefix of all, without a dot at its end. */
    static final String PREFIX = "sluice.health";

    static final String DOWN = "down";

    static final Key EXPIRED = Key.words(
                    PREFIX + ".expired",
                    List.of("report", DOWN),
                    "what the readiness check of `sluice-health` makes of keys and trust that have expired or cannot be used:"
                            + " `report`: only data; `down`: the application is not ready")
            .preset("report");

    static final KeyTable TABLE = KeyTable.of("health", EXPIRED);

    private HealthKeys() {}
}
