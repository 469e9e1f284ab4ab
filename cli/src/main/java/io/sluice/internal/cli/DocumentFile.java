package io.sluice.internal.cli;

import io.sluice.internal.cli.document.ServiceDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document of a service that was saved. */
final class DocumentFile {

    /** As for the answer of a service. */
    private static final long LONGEST = 64L * 1024 * 1024;

    private DocumentFile() {}

    static ServiceDocument read(Path file) throws CommandFailure {
        try {
            if (Files.size(file) > LONGEST) {
                throw CommandFailure.usage(file + " has more than 64 MiB");
            }
            return ServiceDocument.parse(Files.readString(file));
        } catch (IOException e) {
            throw CommandFailure.usage(
                    file + " cannot be read (" + e.getClass().getSimpleName() + "). Name a file that you may read");
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(
                    file + " cannot be used: " + e.getMessage() + ". Name a file that 'describe --json' has written");
        }
    }
}
