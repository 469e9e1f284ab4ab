package io.sluice.internal.config;

import io.sluice.internal.settings.ManagementSettings;

/** The keys of the report through JMX. */
final class ManagementKeys {

    static final String PREFIX = "sluice.management.";

    static final Key ENABLED = Key.truth(
            PREFIX + "enabled",
            ManagementSettings.DEFAULT.enabled(),
            "whether the application's report is registered with the platform's MBean server");

    static final Key NAME = Key.of(
                    PREFIX + "name", ValueType.TEXT, "the name of the application in the name of its MXBean")
            .otherwise("its name in the server, or `application`");

    static final KeyTable TABLE = KeyTable.of("management", ENABLED, NAME);

    private ManagementKeys() {}
}
