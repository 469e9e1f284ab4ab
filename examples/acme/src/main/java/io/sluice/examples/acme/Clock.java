package io.sluice.examples.acme;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;

/** Tells the time to each client. Its port is the one over which the authority validates the names. */
@ApplicationScoped
public class Clock {

    @SocketEndpoint(value = "clock", port = 7443)
    void tell(SocketStream stream) throws IOException {
        stream.writer().write(Instant.now() + "\n");
    }
}
