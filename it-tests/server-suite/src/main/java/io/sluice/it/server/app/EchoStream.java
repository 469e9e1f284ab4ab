package io.sluice.it.server.app;

import io.sluice.stream.SocketStream;
import java.io.IOException;

/** Says what it hears. */
public class EchoStream extends SocketStream {

    void echo() throws IOException {
        input().transferTo(output());
    }
}
