package io.sluice.internal.settings;

import java.util.Optional;

/**
 * How the application's report is registered.
 *
 * @param enabled whether it is registered at all
 * @param name the application's name; empty for its name in the server
 */
public record ManagementSettings(boolean enabled, Optional<String> name) {

    /** Nothing configured. */
    public static final ManagementSettings DEFAULT = new ManagementSettings(true, Optional.empty());
}
