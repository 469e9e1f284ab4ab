package io.sluice.examples.echo;

import io.sluice.server.SocketEndpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;

/**
 * The echo service. By default it listens on a free port of the loopback interface; {@code sluice.endpoint.echo.…} changes that.
 * It uses the context {@code echo}.
 */
@ApplicationScoped
public class EchoService {

    @SocketEndpoint(value = "echo", port = 0, address = "localhost")
    void serve(EchoStream stream) throws IOException {
        stream.echo();
    }
}
