package io.sluice.examples.echo;

import io.sluice.stream.SocketStream;
import java.io.IOException;

/** A connection to the echo service, which sends back what it receives. */
public class EchoStream extends SocketStream {

    void echo() throws IOException {
        input().transferTo(output());
    }
}
