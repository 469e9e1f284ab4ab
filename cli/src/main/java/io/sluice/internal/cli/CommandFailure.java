package io.sluice.internal.cli;

import java.io.Serial;

/** Ends a command without an answer. Its message is for the user: what is wrong, and what to do. */
final class CommandFailure extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The command line is wrong, or names what does not exist. */
    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message);
    }

    /** The command line is right, but there is no answer. */
    static CommandFailure unanswered(String message) {
        return new CommandFailure(ExitCode.UNANSWERED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
