package io.sluice.benchmarks.compare.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server's JVM. The arguments are its stack and the directory of the keys. It ends with its standard input. */
public final class ServerMain {

    private static volatile boolean stopping;

    private ServerMain() {}

    /**
     * Starts the server, prints its ports, and answers each line with what the JVM keeps alive: bytes of heap and of direct memory.
     *
     * @param arguments the stack and the directory
     * @throws Exception if the server cannot start
     */
    public static void main(String[] arguments) throws Exception {
        Ports ports = Stack.valueOf(arguments[0]).start(Path.of(arguments[1]));
        System.out.println(ports.line());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (commands.readLine() != null) {
            System.out.println(LiveMemory.now());
        }
        stopping = true;
        System.exit(0); // With the hooks of a profile.
    }

    /** A connection that fails makes the whole run worthless, so this is what the harness ends with. */
    static void failed(String what, Throwable cause) {
        if (!stopping) {
            System.err.println(what + ": " + cause);
        }
    }

    /** The same from code that cannot know whether the client has just gone. */
    static void failed(IOException cause) {
        failed("serving", cause);
    }
}
