package io.sluice.internal.cli;

import io.sluice.context.NamedSslContext;
import io.sluice.context.SslContextException;
import io.sluice.internal.context.ReloadableContext;
import java.io.Serial;
import java.util.Optional;
import java.util.stream.Collectors;

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

    /** Ends the command if a context has problems. */
    static void unlessUsable(NamedSslContext named) throws CommandFailure {
        Optional<ReloadableContext> context = ReloadableContext.behind(named);
        if (context.isPresent()) {
            try {
                context.get().load();
            } catch (SslContextException e) {
                throw unanswered(named.description() + " cannot be used:"
                        + Finding.of(e).stream()
                                .map(finding -> System.lineSeparator() + "error: " + finding.message())
                                .collect(Collectors.joining()));
            }
        }
    }

    int exitCode() {
        return exitCode;
    }
}
