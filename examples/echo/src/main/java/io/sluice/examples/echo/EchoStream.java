package io.sluice.examples.echo;

import io.sluice.stream.SocketStream;
import java.io.IOException;

/** A connection to the echo service: what comes in goes out. */
public class EchoStream extends SocketStream {

    void echo() throws IOException {
        input().transferTo(output());
    }
}
