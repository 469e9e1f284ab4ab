package io.sluice.internal.material;

import io.sluice.internal.settings.FilesRead;
import io.sluice.internal.settings.Location;
import io.sluice.internal.settings.PasswordFile;
import io.sluice.internal.settings.Problems;
import io.sluice.internal.settings.RotationSettings;
import io.sluice.internal.settings.Setting;
import java.util.Optional;

/**
 * One reading of a context's material. Not thread-safe.
 *
 * @param passwords supplies the passwords that are not configured
 * @param files records the files
 * @param problems collects errors and warnings
 * @param rotation what to do with expired certificates
 */
public record MaterialReading(PasswordSource passwords, FilesRead files, Problems problems, RotationSettings rotation) {

    /** A reading whose files nobody watches. */
    MaterialReading(PasswordSource passwords, Problems problems) {
        this(passwords, new FilesRead(), problems, RotationSettings.DEFAULT);
    }

    /** What a setting names, or nothing after reporting a problem. */
    Optional<byte[]> bytes(Setting setting) {
        return Location.read(setting, files, problems);
    }

    /** A configured password, which the caller wipes, or nothing after reporting a problem. */
    Optional<char[]> password(Setting setting) {
        return PasswordFile.isNamedBy(setting)
                ? PasswordFile.read(setting, files, problems)
                : Optional.of(setting.value().toCharArray());
    }

    /** The same reading with other problems. */
    MaterialReading with(Problems others) {
        return new MaterialReading(passwords, files, others, rotation);
    }
}
