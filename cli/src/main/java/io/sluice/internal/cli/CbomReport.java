package io.sluice.internal.cli;

import com.google.gson.JsonObject;

/**
 * An inventory on the standard output.
 *
 * @param json the document
 */
record CbomReport(JsonObject json) implements Report {

    @Override
    public int exitCode() {
        return ExitCode.YES;
    }

    @Override
    public boolean isForPrograms() {
        return true;
    }

    @Override
    public void print(Text text) {
        throw new IllegalStateException("the document is JSON");
    }
}
