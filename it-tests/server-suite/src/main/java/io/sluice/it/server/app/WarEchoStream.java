package io.sluice.it.server.app;

import io.sluice.stream.SocketStream;
import java.io.IOException;

/** Sends back what it receives. */
public class WarEchoStream extends SocketStream {

    void echo() throws IOException {
        input().transferTo(output());
    }
}
