package io.sluice.it.tomee;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;

/**
 * What came of a request, on the server's standard output.
 *
 * @param problem the stack trace of what was thrown; empty if it was done
 */
record Answer(String problem) {

    static final Answer DONE = new Answer("");

    static Answer failed(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return new Answer(trace.toString());
    }

    static Answer read(DataInputStream in) throws IOException {
        return new Answer(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }

    void write(DataOutputStream out) throws IOException {
        byte[] text = problem.getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
        out.flush();
    }

    boolean isDone() {
        return problem.isEmpty();
    }
}
