package io.sluice.it.shapes;

import io.sluice.server.SocketEndpoint;
import io.sluice.stream.SocketStream;

/** Its endpoint stays within this package. */
public class Home {
    @SocketEndpoint(value = "home", port = 0, ssl = "none")
    void talk(SocketStream stream) {}
}
