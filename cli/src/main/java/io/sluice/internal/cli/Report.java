package io.sluice.internal.cli;

import com.google.gson.JsonObject;

/** The answer of a command. It contains no secret. */
interface Report {

    /** {@return the exit code of the command} */
    int exitCode();

    /** {@return the answer for programs} */
    JsonObject json();

    /**
     * Writes the answer for people.
     *
     * @param text receives it
     */
    void print(Text text);
}
