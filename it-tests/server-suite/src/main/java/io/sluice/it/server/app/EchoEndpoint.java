package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** Serves an echo over TLS on a free port. */
@ApplicationScoped
public class EchoEndpoint {

    @SocketEndpoint(value = "echo", port = 0, address = "127.0.0.1", ssl = "web")
    void talk(WarEchoStream stream) throws IOException {
        stream.echo();
    }
}
