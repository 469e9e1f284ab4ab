package io.sluice.benchmarks.compare.server;

import io.sluice.server.SocketEndpoint;
import io.sluice.server.SocketServer;
import io.sluice.server.SocketServers;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Sluice where it accepts: an endpoint for each port. */
final class Endpoints {

    private Endpoints() {}

    static Ports start(Path directory, boolean boringSsl, boolean virtual) throws Exception {
        Map<String, String> settings = Weld.contexts(directory, boringSsl);
        for (Door door : Door.values()) {
            String prefix = "sluice.endpoint." + door.label() + ".";
            settings.put(prefix + "ssl", door.tls() ? door.label() : "none");
            settings.put(prefix + "threads", virtual ? "virtual" : "platform");
            settings.put(prefix + "backlog", Integer.toString(Ports.BACKLOG));
            settings.put(prefix + "max-connections", "12000");
        }
        SocketServers servers = Weld.start(settings, Application.class)
                .select(SocketServers.class)
                .get();
        return Ports.open(door -> servers.named(door.label())
                .map(SocketServer::address)
                .orElseThrow()
                .getPort());
    }

    /** What an application declares. */
    @ApplicationScoped
    static class Application {

        @SocketEndpoint(value = "ec", port = 0, address = "localhost")
        void ec(SocketStream stream) throws IOException {
            Talk.echo(stream.input(), stream.output());
        }

        @SocketEndpoint(value = "rsa", port = 0, address = "localhost")
        void rsa(SocketStream stream) throws IOException {
            Talk.echo(stream.input(), stream.output());
        }

        @SocketEndpoint(value = "mutual", port = 0, address = "localhost")
        void mutual(SocketStream stream) throws IOException {
            Talk.echo(stream.input(), stream.output());
        }

        @SocketEndpoint(value = "bulk", port = 0, address = "localhost")
        void bulk(SocketStream stream) throws IOException {
            Talk.bulk(stream.input(), stream.output());
        }

        @SocketEndpoint(value = "many", port = 0, address = "localhost")
        void many(SocketStream stream) throws IOException {
            Talk.echo(stream.input(), stream.output());
        }

        @SocketEndpoint(value = "plain", port = 0, address = "localhost")
        void plain(SocketStream stream) throws IOException {
            Talk.echo(stream.input(), stream.output());
        }
    }
}
