package io.sluice.it.tomee;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;

/** TomEE Embedded in a process of its own: does what it is asked on its standard input, and ends with it. */
public final class TomEeProcess {

    private TomEeProcess() {}

    /**
     * Runs it.
     *
     * @param arguments the server's directory, and its HTTP port
     */
    public static void main(String[] arguments) throws Exception {
        DataInputStream requests = new DataInputStream(System.in);
        DataOutputStream answers = new DataOutputStream(System.out);
        System.setOut(System.err); // what is printed is for the log
        try (TomEe server = new TomEe(Path.of(arguments[0]), Integer.parseInt(arguments[1]))) {
            Answer.DONE.write(answers);
            serve(server, requests, answers);
        }
        System.exit(0);
    }

    private static void serve(TomEe server, DataInputStream requests, DataOutputStream answers) throws IOException {
        while (true) {
            Request request;
            try {
                request = Request.read(requests);
            } catch (EOFException e) {
                return;
            }
            answer(server, request).write(answers);
        }
    }

    private static Answer answer(TomEe server, Request request) {
        try {
            switch (request.kind()) {
                case DEPLOY -> server.deploy(request.application());
                case UNDEPLOY -> server.undeploy(request.application());
            }
            return Answer.DONE;
        } catch (Throwable t) {
            return Answer.failed(t);
        }
    }
}
