package io.sluice.internal.config;

import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.Setting;
import io.sluice.internal.settings.SniSettings;
import io.sluice.internal.settings.SniSettings.Unknown;
import java.util.Optional;

/** Reads how the server side chooses its key by the name that the client sends. */
final class SniReader {
    private final ContextProperties properties;
    private final Problems problems;

    SniReader(ContextProperties properties, Problems problems) {
        this.properties = properties;
        this.problems = problems;
    }

    /** Reads the choice. With {@code key-store.kind=none}, there is none on purpose. */
    SniSettings read(boolean hasKeys) {
        boolean byName = properties.flag(KeyStoreKeys.SNI);
        SniSettings settings = new SniSettings(
                byName ? properties.value(KeyStoreKeys.SNI) : Optional.empty(),
                refuse(KeyStoreKeys.SNI_UNMATCHED, byName),
                refuse(KeyStoreKeys.SNI_MISSING, byName));
        return hasKeys ? settings : SniSettings.NONE;
    }

    private Optional<Setting> refuse(Key key, boolean byName) {
        Optional<Setting> refuse = properties
                .constant(key, Unknown.class)
                .filter(Unknown.REFUSE::equals)
                .flatMap(unused -> properties.value(key));
        if (refuse.isPresent() && !byName) {
            problems.error(
                    refuse.get(),
                    "the names that clients send are not compared, so none can be refused",
                    "Set " + properties.name(KeyStoreKeys.SNI) + " to true, or remove this property");
            return Optional.empty();
        }
        return refuse;
    }
}
