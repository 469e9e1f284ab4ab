package io.sluice.it.server.app;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;

/** Answers each byte with the number of bytes of its connection, which a bean of the connection counts. */
@ApplicationScoped
public class TallyEndpoint {

    @Inject
    Tally tally;

    @Inject
    SocketStream current;

    @SocketEndpoint(value = "tally", port = 0, address = "127.0.0.1", ssl = "web")
    void count(SocketStream stream) throws IOException {
        while (stream.input().read() >= 0) {
            current.output().write(tally.next());
        }
    }
}
