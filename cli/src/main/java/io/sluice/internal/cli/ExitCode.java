package io.sluice.internal.cli;

/** The exit codes of all commands. Scripts rely on them, so they do not change; docs/cli.md lists them. */
final class ExitCode {

    /** The answer is yes: no errors, connected, nothing expires, done. */
    static final int YES = 0;

    /** The answer is no: errors were found, the connection would fail, certificates expire. */
    static final int NO = 1;

    /** The command line is wrong, or a file that it names cannot be read. */
    static final int USAGE = 2;

    /** There is no answer, because the configuration cannot be used or a file cannot be written. */
    static final int UNANSWERED = 3;

    /** A defect of the command itself. */
    static final int DEFECT = 4;

    private ExitCode() {}
}
