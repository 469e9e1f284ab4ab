package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;

/** Sends what a handler sees of its caller. */
@ApplicationScoped
public class CallerEndpoint {

    @Inject
    CallerCheck caller;

    @SocketEndpoint(value = "caller", port = 0, address = "127.0.0.1", ssl = "web")
    void tell(SocketStream stream) throws IOException {
        stream.writer().write(caller.run(Map.of()));
        stream.writer().flush();
    }
}
