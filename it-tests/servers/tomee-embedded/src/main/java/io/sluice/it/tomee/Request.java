package io.sluice.it.tomee;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the server is asked to do, on its standard input.
 *
 * @param kind what
 * @param application the archive
 */
record Request(Kind kind, Path application) {

    enum Kind {
        DEPLOY,
        UNDEPLOY
    }

    static Request read(DataInputStream in) throws IOException {
        return new Request(Kind.valueOf(in.readUTF()), Path.of(in.readUTF()));
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(kind.name());
        out.writeUTF(application.toString());
        out.flush();
    }
}
