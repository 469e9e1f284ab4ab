package io.sluice.internal.health;

import io.sluice.internal.config.SluiceConfiguration;
import io.sluice.internal.settings.ContextName;
import io.sluice.internal.settings.Problems;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the configuration says about the checks.
 *
 * @param isExpiredDown whether an application is not ready if its material has expired or cannot be used
 * @param warmUps how many handshakes warm a context up, by its name; those without are omitted
 */
record HealthSettings(boolean isExpiredDown, Map<String, Integer> warmUps) {

    static final HealthSettings NONE = new HealthSettings(false, Map.of());

    /** Copies the map. */
    HealthSettings {
        warmUps = Map.copyOf(warmUps);
    }

    static HealthSettings read(SluiceConfiguration configuration, Problems problems) {
        boolean isExpiredDown = configuration.isUnreadyWhenExpired(problems);
        Map<String, Integer> warmUps = new TreeMap<>();
        // The problems of a context are reported when it is loaded.
        configuration
                .configuredNames()
                .forEach(name -> configuration
                        .read(new ContextName(name))
                        .settings()
                        .map(settings -> settings.engine().warmUp())
                        .filter(handshakes -> handshakes > 0)
                        .ifPresent(handshakes -> warmUps.put(name, handshakes)));
        return new HealthSettings(isExpiredDown, warmUps);
    }
}
