package io.sluice.it.support;

import io.sluice.testing.internal.ProcessPeer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.awaitility.Awaitility;

/** Starts servers that have to be told their port. */
final class PortRetry {

    private static final int TRIES = 5;

    /** A server that listens. */
    record Listening(ProcessPeer process, int port) {}

    /** Starts the server on a port. */
    @FunctionalInterface
    interface Start {
        ProcessPeer on(int port) throws IOException;
    }

    private PortRetry() {}

    /** Tries again with another port if somebody else has taken the free one meanwhile. */
    static Listening start(Start server) throws IOException {
        String output = "";
        for (int i = 0; i < TRIES; i++) {
            int port = freePort();
            ProcessPeer process = server.on(port);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive() || listens(port));
            if (process.isAlive()) {
                return new Listening(process, port);
            }
            output = process.output();
        }
        throw new IOException("the server does not start: " + output);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
