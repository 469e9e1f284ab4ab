package io.sluice.benchmarks;

import io.sluice.server.ConnectionFailed;
import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The JVM of an endpoint: an application as its users write it. Prints its port, and answers {@code memory}, {@code connections} and
 * {@code failed} on its standard input, with which it ends. Arguments: the key store, then further properties, name and value by turns.
 */
final class EndpointServer {

    private static final AtomicInteger FAILED = new AtomicInteger();

    private EndpointServer() {}

    /** Waits for one byte, so that a connection that waits costs no buffer of the handler's, and echoes what has come with it. */
    @ApplicationScoped
    static class Echo {

        @SocketEndpoint(value = "web", port = 0, address = "localhost")
        void echo(SocketStream stream) throws IOException {
            InputStream in = stream.input();
            for (int first = in.read(); first >= 0; first = in.read()) {
                byte[] echoed = new byte[1 + in.available()];
                echoed[0] = (byte) first;
                int n = in.readNBytes(echoed, 1, echoed.length - 1);
                stream.output().write(echoed, 0, 1 + n);
            }
        }

        void note(@Observes ConnectionFailed failed) {
            FAILED.incrementAndGet();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Map<String, String> properties = new HashMap<>(StoredKey.properties(Path.of(arguments[0])));
        properties.put("sluice.endpoint.web.backlog", "1024");
        properties.put("sluice.endpoint.web.handshake-timeout", "10m"); // Longer than any run.
        for (int i = 1; i + 1 < arguments.length; i += 2) {
            properties.put(arguments[i], arguments[i + 1]);
        }
        SocketServer server = WeldApplication.start(properties, Echo.class)
                .select(SocketServers.class)
                .get()
                .named("web")
                .orElseThrow();
        System.out.println(server.address().getPort());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(
                    switch (line) {
                        case "memory" -> Memory.used();
                        case "connections" -> server.connections();
                        default -> FAILED.get();
                    });
        }
        Runtime.getRuntime().halt(0); // Draining is not what is measured.
    }
}
