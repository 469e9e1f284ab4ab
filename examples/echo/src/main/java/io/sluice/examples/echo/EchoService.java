package io.sluice.examples.echo;

import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/** Listens on a free port of loopback, unless {@code sluice.endpoint.echo.…} says otherwise, over TLS by the context of its name. */
@ApplicationScoped
public class EchoService {

    @SocketEndpoint(value = "echo", port = 0, address = "localhost")
    void talk(EchoStream stream) throws IOException {
        stream.echo();
    }
}
