package io.sluice.internal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that a command writes. */
final class OutputFile {

    private OutputFile() {}

    /** Writes it in UTF-8, in place of what was there. */
    static void write(Path file, String content) throws CommandFailure {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw CommandFailure.unanswered(file + " cannot be written ("
                    + e.getClass().getSimpleName() + "). Name a file in a directory in which you may write");
        }
    }
}
