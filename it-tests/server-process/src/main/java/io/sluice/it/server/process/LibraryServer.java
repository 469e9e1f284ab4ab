package io.sluice.it.server.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A running application server that is a library. */
public interface LibraryServer extends AutoCloseable {

    /**
     * Deploys an application.
     *
     * @param archive its archive; the file's name without the extension is the context root
     * @throws Exception if it was not deployed
     */
    void deploy(Path archive) throws Exception;

    /**
     * Undeploys an application.
     *
     * @param archive the archive that was deployed
     * @throws Exception if it is still deployed
     */
    void undeploy(Path archive) throws Exception;

    @Override
    void close();

    /** The main method of a server's process: serves what a {@link LibraryServerProcess} requests until its connection ends. */
    static void main(Start start, String... arguments) {
        try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
                DataInputStream requests = new DataInputStream(connection.getInputStream());
                DataOutputStream answers = new DataOutputStream(connection.getOutputStream());
                LibraryServer server = start.start(Path.of(arguments[1]), Integer.parseInt(arguments[2]))) {
            answer(answers, "");
            while (true) {
                answer(answers, problem(server, requests.readUTF(), Path.of(requests.readUTF())));
            }
        } catch (EOFException e) {
            System.exit(0);
        } catch (Throwable t) {
            t.printStackTrace();
            System.exit(1);
        }
    }

    private static String problem(LibraryServer server, String request, Path archive) {
        try {
            switch (request) {
                case "deploy" -> server.deploy(archive);
                case "undeploy" -> server.undeploy(archive);
                default -> throw new IllegalArgumentException(request);
            }
            return "";
        } catch (Throwable t) {
            StringWriter trace = new StringWriter();
            t.printStackTrace(new PrintWriter(trace));
            return trace.toString();
        }
    }

    private static void answer(DataOutputStream answers, String problem) throws IOException {
        byte[] text = problem.getBytes(StandardCharsets.UTF_8);
        answers.writeInt(text.length);
        answers.write(text);
        answers.flush();
    }

    /** Starts a server. */
    @FunctionalInterface
    interface Start {

        /**
         * Starts it, with HTTP on the loopback interface only.
         *
         * @param home the directory of its files
         * @param httpPort its HTTP port
         * @return the running server
         * @throws Exception if it did not start
         */
        LibraryServer start(Path home, int httpPort) throws Exception;
    }
}
