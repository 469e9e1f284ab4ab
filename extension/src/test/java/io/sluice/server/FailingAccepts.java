package io.sluice.server;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** A server and its clients in a JVM whose accept calls fail now and then. */
final class FailingAccepts {

    private static final int CLIENTS = 4;

    private FailingAccepts() {}

    public static void main(String[] arguments) throws Exception {
        SocketServer server = AcceptingServer.start(
                ServerSettings.named("failing")
                        .drainTimeout(Duration.ofSeconds(5))
                        .build(),
                connection -> connection
                        .socket()
                        .getInputStream()
                        .transferTo(connection.socket().getOutputStream()),
                failed -> {});
        for (int i = 0; i < CLIENTS; i++) {
            roundTrip(server);
        }
        System.out.println("all served");
        server.terminate();
    }

    private static void roundTrip(SocketServer server) throws IOException {
        try (Socket client = new Socket()) {
            client.setSoTimeout(20_000);
            client.connect(server.address(), 5_000);
            client.getOutputStream().write('x');
            if (client.getInputStream().read() != 'x') {
                throw new IOException("no echo");
            }
        }
    }
}
