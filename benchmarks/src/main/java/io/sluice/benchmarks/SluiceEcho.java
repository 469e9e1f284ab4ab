package io.sluice.benchmarks;

import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The echo server as one writes it with Sluice: two endpoints in Weld SE. */
final class SluiceEcho {

    /** How many connections an endpoint on platform threads serves at once. */
    static final int MOST_PLATFORM_THREADS = 1_024;

    private SluiceEcho() {}

    static EchoPorts on(String threads, Path store) {
        Map<String, String> properties = new HashMap<>(StoredKey.properties(store));
        endpoint(properties, "tls", "web", threads);
        endpoint(properties, "plain", "none", threads);
        SeContainer container = WeldApplication.start(properties, Endpoints.class);
        SocketServers servers = container.select(SocketServers.class).get();
        return new EchoPorts(port(servers, "tls"), port(servers, "plain"));
    }

    private static void endpoint(Map<String, String> properties, String name, String context, String threads) {
        String prefix = "sluice.endpoint." + name + ".";
        properties.put(prefix + "ssl", context);
        properties.put(prefix + "threads", threads);
        properties.put(prefix + "backlog", Integer.toString(EchoPorts.BACKLOG));
    }

    private static int port(SocketServers servers, String name) {
        return servers.named(name).map(SocketServer::address).orElseThrow().getPort();
    }

    /** What an application declares. */
    @ApplicationScoped
    static class Endpoints {

        @SocketEndpoint(value = "tls", port = 0, address = "localhost")
        void tls(SocketStream stream) throws IOException {
            Talk.echoMessages(stream.input(), stream.output());
        }

        @SocketEndpoint(value = "plain", port = 0, address = "localhost")
        void plain(SocketStream stream) throws IOException {
            Talk.echoMessages(stream.input(), stream.output());
        }
    }
}
