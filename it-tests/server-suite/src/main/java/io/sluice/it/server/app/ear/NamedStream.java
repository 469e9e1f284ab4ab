package io.sluice.it.server.app.ear;

import io.sluice.stream.SocketStream;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Sends the name of the WAR that created it. It has no bean-defining annotation. */
public class NamedStream extends SocketStream {

    @Inject
    WarName name;

    void tell() throws IOException {
        output().write(name.text().getBytes(StandardCharsets.UTF_8));
    }
}
